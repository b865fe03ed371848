/** The stretch of the run that the charts over time show. */
export interface TimeWindow {
  readonly from: number
  readonly to: number
  /** Shows another stretch; undefined for the whole run. */
  readonly show: (from?: number, to?: number) => void
  /** The run has become longer. */
  readonly extend: (end: number) => void
  readonly whole: boolean
}

export function timeWindow(changed: () => void): TimeWindow {
  let end = 1
  let chosen: readonly [number, number] | undefined
  return {
    get from() {
      return chosen?.[0] ?? 0
    },
    get to() {
      return chosen?.[1] ?? end
    },
    get whole() {
      return chosen === undefined
    },
    show(from, to) {
      const [low, high] = [Math.max(0, from ?? 0), Math.min(end, to ?? end)]
      chosen = from === undefined || (low <= 0 && high >= end) || high - low < 0.01 ? undefined : [low, high]
      changed()
    },
    extend(last) {
      end = Math.max(1, last)
    },
  }
}

/** Drags choose a stretch, keys move and stretch it. `gutter` is what stands left of the time axis. */
export function steer(
  canvas: HTMLCanvasElement,
  shown: TimeWindow,
  gutter: number,
  clicked: (x: number, y: number) => void,
): () => readonly [number, number] | undefined {
  let drag: { readonly from: number; to: number } | undefined
  const timeAt = (x: number): number => shown.from + ((x - gutter) / Math.max(1, canvas.clientWidth - gutter)) * (shown.to - shown.from)
  canvas.addEventListener('pointerdown', ({ offsetX, pointerId }) => {
    drag = { from: offsetX, to: offsetX }
    canvas.setPointerCapture(pointerId)
  })
  canvas.addEventListener('pointermove', ({ offsetX }) => {
    if (drag === undefined) return
    drag.to = offsetX
    canvas.dispatchEvent(new Event('redraw'))
  })
  canvas.addEventListener('pointerup', ({ offsetX, offsetY }) => {
    const ended = drag
    drag = undefined
    if (ended === undefined) return
    const [low, high] = [Math.min(ended.from, offsetX), Math.max(ended.from, offsetX)]
    if (high - low < 6) clicked(offsetX, offsetY)
    else shown.show(timeAt(low), timeAt(high))
  })
  canvas.addEventListener('dblclick', () => shown.show())
  canvas.addEventListener('keydown', (event) => {
    const width = shown.to - shown.from
    const moves: Readonly<Record<string, readonly [number, number] | undefined>> = {
      ArrowLeft: [-0.2, -0.2],
      ArrowRight: [0.2, 0.2],
      '+': [0.2, -0.2],
      '=': [0.2, -0.2],
      '-': [-0.4, 0.4],
    }
    const move = moves[event.key]
    if (event.key === '0' || event.key === 'Escape') shown.show()
    else if (move === undefined) return
    else shown.show(shown.from + move[0] * width, shown.to + move[1] * width)
    event.preventDefault()
  })
  return () => drag && [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)]
}
