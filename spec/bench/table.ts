import type { Contended, Finding } from './finding.js'
import type { Spread } from './statistics.js'

const columns = ['', 'CPU', 'ratio', '', 'and reading', 'wall', 'ratio', 'bytes'] as const

const legend = `CPU: user and system, an operation. wall: the time that went by, an operation. Ratio: to the first of the case, in the same round, median
(least–most). And reading: the ratio with the reading of the plan, which is not in the CPU time beside it. Bytes: held half way through
the run, an operation, beyond what was there before it.`

/**
 * All findings as one table: a line for each case and one for each of its contenders, what its time went to below it; then why there
 * is no figure where there is none.
 */
export function tableOf(findings: readonly Finding[]): string {
  const notes: string[] = []
  const rows = findings.flatMap((finding) => rowsOf(finding, notes))
  const parts = [aligned([columns, ...rows]), legend, notes.map((note, index) => `[${index + 1}] ${note}`).join('\n')]
  return parts.filter((part) => part !== '').join('\n\n')
}

function rowsOf(finding: Finding, notes: string[]): readonly (readonly string[])[] {
  const { name, of, figure, besides } = finding
  return [
    row(''),
    row(figure === 'bound' ? `${name}: makespan ÷ bound` : name),
    ...of.flatMap((one, place) => [
      contenderRow(one, place === 0, figure, notes),
      ...one.parts.map((part) => row(`    ${part.name}`, micros(part.us))),
      ...besides
        .filter(({ contender }) => contender === one.contender)
        .map(({ to, ratio }) => row(`    beside ${to}`, '', ...withRange(ratio))),
    ]),
  ]
}

function contenderRow(one: Contended, first: boolean, figure: Finding['figure'], notes: string[]): readonly string[] {
  const { contender, value, ratio, ratioWithReading, wallUs, wallRatio, bytesPerOperation, refused } = one
  if (refused !== undefined) return row(`  ${contender}`, `[${noteOf(`${contender}: ${refused}`, notes)}]`)
  const compared = (spread: Spread | undefined): string => (spread === undefined ? '' : times(spread.median))
  const ofBound = figure === 'bound'
  return row(
    `  ${contender}`,
    value === undefined || ofBound ? '' : micros(value.median),
    ...(ratio === undefined || (first && !ofBound) ? ['', ''] : withRange(ratio)),
    compared(ratioWithReading),
    wallUs === undefined || ofBound ? '' : micros(wallUs.median),
    first || ofBound ? '' : compared(wallRatio),
    bytesPerOperation === undefined ? '' : bytesPerOperation.toFixed(0),
  )
}

function row(...cells: readonly string[]): readonly string[] {
  return columns.map((_, column) => cells[column] ?? '')
}

/** The number of a note, which is told once. */
function noteOf(note: string, notes: string[]): number {
  const known = notes.indexOf(note)
  return known === -1 ? notes.push(note) : known + 1
}

function micros(value: number): string {
  return value >= 1_000 ? `${(value / 1_000).toFixed(1)} ms` : `${value >= 100 ? value.toFixed(0) : value.toFixed(2)} µs`
}

function times(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

function withRange({ median, low, high }: Spread): readonly [string, string] {
  return [times(median), low === high ? '' : `(${times(low)}–${times(high)})`]
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
