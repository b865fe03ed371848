import { peerNames } from './contenders.js'
import type { Contended, Finding } from './finding.js'
import type { Spread } from './statistics.js'

const columns = ['case', 'by hand', 'millrace', 'with monitor', 'and reading', ...peerNames, 'bytes held'] as const

/** All findings as one table, ratios to the loop written by hand of the same round, then why there is no figure where there is none. */
export function tableOf(findings: readonly Finding[]): string {
  const notes: string[] = []
  const rows = findings.map((finding) => rowOf(finding, notes))
  const table = aligned([columns, ...rows])
  return notes.length === 0 ? table : `${table}\n\n${notes.map((note, index) => `[${index + 1}] ${note}`).join('\n')}`
}

function rowOf({ name, of, figure }: Finding, notes: string[]): readonly string[] {
  const named = (contender: string): Contended | undefined => of.find((one) => one.contender.replace(/, NDJSON$/, '') === contender)
  const cell = (contender: string): string => {
    const found = named(contender)
    if (found === undefined) return ''
    if (found.refused === undefined) return found.ratio === undefined ? '' : withRange(found.ratio)
    const note = `${contender}: ${found.refused}`
    const known = notes.indexOf(note)
    return `[${known === -1 ? notes.push(note) : known + 1}]`
  }
  const [base, whole] = [of[0], (named('millrace') ?? named('with monitor'))?.ratioWithReading]
  const first = base?.value === undefined ? cell('by hand') : figure === 'bound' ? withRange(base.value) : micros(base.value.median)
  const held = of.flatMap(({ contender, bytesPerOperation }) =>
    bytesPerOperation === undefined ? [] : [`${shortName(contender)} ${bytesPerOperation.toFixed(0)}`],
  )
  return [
    figure === 'bound' ? `${name} (÷ bound)` : name,
    first,
    cell('millrace'),
    cell('with monitor'),
    whole === undefined ? '' : times(whole.median),
    ...peerNames.map(cell),
    held.join(', '),
  ]
}

function shortName(contender: string): string {
  return contender === 'with monitor' || contender === 'millrace' ? 'ours' : contender
}

function micros(value: number): string {
  return value >= 1_000 ? `${(value / 1_000).toFixed(1)} ms` : `${value.toFixed(2)} µs`
}

function times(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

function withRange({ median, low, high }: Spread): string {
  return low === high ? times(median) : `${times(median)} (${times(low)}–${times(high)})`
}

/** Rows of text under one another, the first of each to the left. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) =>
      row
        .map((text, column) => (column === 0 ? text.padEnd(widths[column]!) : text.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
