import { TestScheduler } from 'rxjs/testing'
import type { MarbleDiagram } from './marbleDiagrams.js'

const frameWidth = 34
const left = 28
const rowHeight = 52
const boxHeight = 36
const charWidth = 7.4

/** What one line of a diagram holds at one frame. */
interface Moment {
  readonly frame: number
  readonly texts: readonly string[]
  readonly end?: 'complete' | 'error'
}

/** A diagram as SVG: what goes in above, the operator in its box, what comes out below. */
export function drawMarbles({ code, source, expected, labels }: MarbleDiagram): string {
  const rows = [momentsOf(source, labels), momentsOf(expected, labels)]
  const frames = Math.max(...rows.flat().map(({ frame }) => frame))
  const right = Math.max(...rows.flat().map((moment) => left + moment.frame * frameWidth + widthOf(moment)))
  const width = Math.ceil(Math.max(right, left + frames * frameWidth) + 56)
  const boxTop = rowHeight + 8
  const height = boxTop + boxHeight + 8 + rowHeight
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="ui-sans-serif, system-ui, sans-serif" font-size="13">`,
    `<title>${escaped(`${code}: ${spoken(rows[0] ?? [])} become ${spoken(rows[1] ?? [])}`)}</title>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="#ffffff" stroke="#d0d7de"/>`,
    line(rows[0] ?? [], rowHeight / 2 + 4, width, '#ddf4ff', '#0969da'),
    `<rect x="16" y="${boxTop}" width="${width - 32}" height="${boxHeight}" rx="6" fill="#f6f8fa" stroke="#d0d7de"/>`,
    `<text x="${width / 2}" y="${boxTop + 23}" text-anchor="middle" fill="#1f2328" font-family="ui-monospace, Menlo, Consolas, monospace">${escaped(code)}</text>`,
    line(rows[1] ?? [], height - rowHeight / 2 - 4, width, '#dafbe1', '#1a7f37'),
    '</svg>',
  ].join('\n')}\n`
}

function momentsOf(marbles: string, labels: Readonly<Record<string, string>>): readonly Moment[] {
  const moments = new Map<number, Moment>()
  for (const { frame: time, notification } of TestScheduler.parseMarbles(marbles, labels, undefined, false, true)) {
    const frame = time / TestScheduler.frameTimeFactor
    const before = moments.get(frame) ?? { frame, texts: [] }
    if (notification.kind === 'N') moments.set(frame, { ...before, texts: [...before.texts, notification.value] })
    else moments.set(frame, { ...before, end: notification.kind === 'C' ? 'complete' : 'error' })
  }
  return [...moments.values()]
}

const pillWidth = (text: string): number => Math.max(26, Math.round(text.length * charWidth) + 14)

const widthOf = ({ texts }: Moment): number => texts.reduce((sum, text) => sum + pillWidth(text) + 2, 0)

function line(moments: readonly Moment[], y: number, width: number, fill: string, stroke: string): string {
  const parts = [
    `<path d="M16 ${y}H${width - 22}" stroke="#57606a" stroke-width="1.5"/>`,
    `<path d="M${width - 22} ${y - 5}l9 5l-9 5z" fill="#57606a"/>`,
  ]
  for (const { frame, texts, end } of moments) {
    let x = left + frame * frameWidth
    for (const text of texts) {
      const pill = pillWidth(text)
      parts.push(`<rect x="${x}" y="${y - 13}" width="${pill}" height="26" rx="13" fill="${fill}" stroke="${stroke}"/>`)
      parts.push(`<text x="${x + pill / 2}" y="${y + 4.5}" text-anchor="middle" fill="#1f2328">${escaped(text)}</text>`)
      x += pill + 2
    }
    const at = x + (texts.length === 0 ? 13 : 6)
    if (end === 'complete') parts.push(`<path d="M${at} ${y - 14}v28" stroke="#1f2328" stroke-width="2.5"/>`)
    if (end === 'error') parts.push(`<path d="M${at - 8} ${y - 8}l16 16m0-16l-16 16" stroke="#cf222e" stroke-width="2.5"/>`)
  }
  return parts.join('\n')
}

const spoken = (moments: readonly Moment[]): string => moments.flatMap(({ texts }) => texts).join(', ')

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
