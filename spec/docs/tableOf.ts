// docs: the tables of the pages say what the code has.
import { readFileSync } from 'node:fs'

export const page = (name: string): string => readFileSync(`docs/${name}`, 'utf8')

/** What stands below a heading of the second level, up to the next. */
export const sectionOf = (text: string, heading: string): string => text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''

/** The rows of every table in a text of Markdown whose first column has this heading, each a list of cells. */
export function rowsOf(text: string, heading: string): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = []
  let within = false
  for (const line of text.split('\n')) {
    const cells = line.startsWith('|')
      ? line
          .slice(1, line.trimEnd().lastIndexOf('|'))
          .split('|')
          .map((cell) => cell.trim())
      : []
    if (cells.length === 0) within = false
    else if (within && !/^:?-+:?$/.test(cells[0] ?? '')) rows.push(cells)
    else if (cells[0] === heading) within = true
  }
  return rows
}

/** What stands in backquotes in a cell. */
export const quoted = (cell: string | undefined): readonly string[] =>
  [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? '')
