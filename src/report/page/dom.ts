/** Attributes of an element; a function is a listener, and what is undefined or false is left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => void)>>

export type Child = Node | string | number | undefined | false | readonly Child[]

/** An element with what stands in it. Text is always text: nothing of a run is ever read as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value)
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value))
  }
  appendAll(made, children)
  return made
}

export function appendAll(to: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined || child === false) continue
    if (typeof child === 'object' && !(child instanceof Node)) appendAll(to, child)
    else to.appendChild(child instanceof Node ? child : document.createTextNode(String(child)))
  }
}

export function replaceIn(place: Element, ...children: Child[]): void {
  place.textContent = ''
  appendAll(place, children)
}

export function button(text: Child, click: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return element('button', { type: 'button', click, ...attributes }, text)
}

/** A name that opens what it stands for. */
export function link(text: string, click: () => void): HTMLButtonElement {
  return button(text, click, { class: 'open' })
}

export function soft(...children: Child[]): HTMLElement {
  return element('p', { class: 'soft' }, ...children)
}
