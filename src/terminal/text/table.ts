import { padded, widthOf } from './width.js'

/** One column of a table. */
export interface Column<Row> {
  readonly title: string
  readonly text: (row: Row) => string
  /** Numbers stand under one another. */
  readonly right?: true
}

/** Rows under their titles, two spaces between columns. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): readonly string[] {
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ text }) => text(row)))]
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => widthOf(line[column]!))))
  const aligned = (text: string, column: number): string =>
    columns[column]!.right ? ' '.repeat(widths[column]! - widthOf(text)) + text : padded(text, widths[column]!)
  return cells.map((line) => line.map(aligned).join('  ').trimEnd())
}
