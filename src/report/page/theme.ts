/** The colours that canvases are drawn with: those of the style, in light, dark and print. */
export interface Colours {
  readonly ink: string
  readonly soft: string
  readonly line: string
  readonly paper: string
  readonly panel: string
  readonly accent: string
  readonly good: string
  readonly bad: string
  readonly warn: string
  readonly idle: string
  readonly work: string
  readonly ready: string
  readonly path: string
}

const names = ['ink', 'soft', 'line', 'paper', 'panel', 'accent', 'good', 'bad', 'warn', 'idle', 'work', 'ready', 'path'] as const

export function coloursNow(): Colours {
  const style = getComputedStyle(document.documentElement)
  // Each name is one of the fields.
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as unknown as Colours
}

/** Calls when the colours are others: between light and dark, for print and back. */
export function onThemeChange(changed: () => void): void {
  for (const query of ['(prefers-color-scheme: dark)', 'print']) matchMedia(query).addEventListener('change', changed)
}
