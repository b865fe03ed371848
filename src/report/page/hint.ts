import { element } from './dom.js'

/** A line of text beside the pointer. */
export interface Hint {
  readonly place: HTMLElement
  /** Shows what a canvas has at the place of the pointer: nothing for an empty text. */
  readonly over: (canvas: HTMLCanvasElement, textAt: (x: number, y: number) => string) => void
}

export function hint(): Hint {
  const place = element('div', { class: 'hint', hidden: true, 'aria-hidden': 'true' })
  const show = (text: string, x = 0, y = 0): void => {
    place.hidden = text === ''
    place.textContent = text
    place.style.left = `${Math.min(x + 12, Math.max(0, document.documentElement.clientWidth - place.offsetWidth - 8))}px`
    place.style.top = `${y + 16}px`
  }
  return {
    place,
    over(canvas, textAt) {
      canvas.addEventListener('pointermove', ({ offsetX, offsetY, pageX, pageY }) => {
        const text = textAt(offsetX, offsetY)
        canvas.style.cursor = text === '' ? '' : 'pointer'
        show(text, pageX, pageY)
      })
      canvas.addEventListener('pointerleave', () => show(''))
    },
  }
}
