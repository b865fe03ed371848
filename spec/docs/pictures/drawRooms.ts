import { drawnBox, svg, type DrawnBox } from './drawBox.js'

/** Where an operation is on its way: a folder of `src`, or of `src/engine`. */
interface Station extends DrawnBox {
  readonly folder: string
}

const [columnWidth, rowHeight, boxWidth, boxHeight] = [176, 96, 148, 52]
const margin = 20

const station = (column: number, row: number, folder: string, note: string): Station => ({
  folder,
  x: margin + column * columnWidth,
  y: 44 + row * rowHeight,
  width: boxWidth,
  height: boxHeight,
  title: folder.replace('engine/', ''),
  note,
})

/** The rooms that an operation passes, in the order in which it does. */
export const stations: readonly Station[] = [
  station(0, 0, 'graph', 'checks, finds the order'),
  station(1, 0, 'engine/gates', 'dependencies ended'),
  station(2, 0, 'engine/ready', 'waits for a slot'),
  station(3, 0, 'engine/attempts', 'tries, retries'),
  station(4, 0, 'operations', 'files, programs, …'),
  station(3, 1, 'engine/events', 'numbered, masked'),
  station(4, 1, 'operators', 'what you subscribe to'),
]

const arrows: readonly (readonly [from: string, to: string])[] = [
  ['graph', 'engine/gates'],
  ['engine/gates', 'engine/ready'],
  ['engine/ready', 'engine/attempts'],
  ['engine/attempts', 'operations'],
  ['engine/attempts', 'engine/events'],
  ['engine/events', 'operators'],
]

/** The way of an operation through the rooms, and the way its end takes back to the gates. */
export function drawRooms(): string {
  const at = new Map(stations.map((one) => [one.folder, one]))
  const width = 2 * margin + 4 * columnWidth + boxWidth
  const height = 44 + rowHeight + boxHeight + margin
  const [gates, attempts] = [at.get('engine/gates')!, at.get('engine/attempts')!]
  const [left, right] = [gates.x - 12, attempts.x + boxWidth + 12]
  const turn = attempts.y + boxHeight + 24
  const back = `M${attempts.x + 36} ${attempts.y + boxHeight}V${turn}H${gates.x + boxWidth / 2}V${gates.y + boxHeight + 9}`
  return svg(
    width,
    height,
    'A plan becomes a graph; gates, ready queue and attempts perform each operation; its events leave the run and open other gates',
    [
      `<rect x="${left}" y="12" width="${right - left}" height="${height - 24}" rx="8" fill="#f0f6fc" stroke="#b6c8da"/>`,
      `<text x="${left + 12}" y="31" fill="#57606a">engine: a run, as one graph of observables</text>`,
      ...arrows.map(([from, to]) => arrow(at.get(from)!, at.get(to)!)),
      `<path d="${back}" fill="none" stroke="#0969da" stroke-width="1.5"/>`,
      `<path d="M${gates.x + boxWidth / 2 - 4.5} ${gates.y + boxHeight + 10}l4.5 -8l4.5 8z" fill="#0969da"/>`,
      `<text x="${gates.x + boxWidth / 2 + 10}" y="${turn + 17}" fill="#0969da">its end opens other gates</text>`,
      ...stations.map(drawnBox),
    ],
  )
}

function arrow(from: Station, to: Station): string {
  if (from.x === to.x) {
    const x = from.x + boxWidth / 2
    return `<path d="M${x} ${from.y + boxHeight}V${to.y - 8}" stroke="#57606a" stroke-width="1.5"/><path d="M${x - 4.5} ${to.y - 9}l4.5 8l4.5 -8z" fill="#57606a"/>`
  }
  const y = from.y + boxHeight / 2
  return `<path d="M${from.x + boxWidth} ${y}H${to.x - 8}" stroke="#57606a" stroke-width="1.5"/><path d="M${to.x - 9} ${y - 4.5}l8 4.5l-8 4.5z" fill="#57606a"/>`
}
