import { element } from './dom.js'
import { coloursNow, onThemeChange, type Colours } from './theme.js'

export interface Drawing {
  readonly to: CanvasRenderingContext2D
  readonly width: number
  readonly height: number
  readonly colours: Colours
}

export interface Chart {
  /** What to put into the page: it scrolls where the drawing is wider. */
  readonly place: HTMLElement
  readonly canvas: HTMLCanvasElement
  /** Draws it anew in the next frame. */
  readonly redraw: () => void
  /** What a screen reader says of it. */
  readonly describe: (text: string) => void
}

export interface ChartForm {
  /** In CSS pixels, for a width; `least` is the narrowest it can be drawn at, for one that scrolls. */
  readonly height: (width: number) => number
  readonly least?: () => number
  readonly draw: (drawing: Drawing) => void
}

const font = '12px system-ui, sans-serif'

/** A canvas as sharp as the screen, drawn again when its place, the theme or what it shows has changed. */
export function chart({ height, least, draw }: ChartForm): Chart {
  const canvas = element('canvas', { role: 'img', tabindex: 0 })
  const place = element('div', { class: 'chart' }, canvas)
  let waiting = false

  const drawNow = (): void => {
    waiting = false
    const room = place.clientWidth
    if (room === 0) return
    const width = Math.max(room, least?.() ?? 0)
    const tall = height(width)
    const sharp = Math.min(devicePixelRatio || 1, 16_000 / Math.max(width, tall))
    const size = [Math.round(width * sharp), Math.round(tall * sharp)] as const
    if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size
    canvas.style.width = `${width}px`
    canvas.style.height = `${tall}px`
    const to = canvas.getContext('2d')!
    to.setTransform(sharp, 0, 0, sharp, 0, 0)
    to.clearRect(0, 0, width, tall)
    to.font = font
    draw({ to, width, height: tall, colours: coloursNow() })
  }
  const redraw = (): void => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(drawNow)
  }

  onThemeChange(drawNow)
  new ResizeObserver(redraw).observe(place)
  return { place, canvas, redraw, describe: (text) => canvas.setAttribute('aria-label', text) }
}

/** A text cut to the room there is. */
export function fitted(to: CanvasRenderingContext2D, text: string, room: number): string {
  if (to.measureText(text).width <= room) return text
  let most = Math.min(text.length, Math.floor(room / 4))
  while (most > 0 && to.measureText(`${text.slice(0, most)}…`).width > room) most--
  return most === 0 ? '' : `${text.slice(0, most)}…`
}
