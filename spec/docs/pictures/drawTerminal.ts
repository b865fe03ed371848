const charWidth = 8.43
const lineHeight = 19
const margin = 16

/** Some lines as a terminal shows them, below a caption of its own where there is one. */
export interface Screen {
  readonly caption?: string
  /** Lines with the escapes that colour them. */
  readonly lines: readonly string[]
}

// Of the escapes for looks, those that the command line writes.
const looks: Readonly<Record<string, string>> = {
  1: 'font-weight="bold" fill="#e8eaed"',
  2: 'fill="#9aa0a6"',
  31: 'fill="#f28b82"',
  32: 'fill="#81c995"',
  33: 'fill="#fdd663"',
  34: 'fill="#8ab4f8"',
  35: 'fill="#d7aefb"',
  36: 'fill="#78d9ec"',
}
const plain = 'fill="#e8eaed"'

/** What stands on a terminal of so many columns, as SVG. */
export function drawTerminal(screens: readonly Screen[], columns: number): string {
  const rows: string[] = []
  let y = margin + 10
  for (const { caption, lines } of screens) {
    if (caption !== undefined) {
      rows.push(`<text x="${margin}" y="${y}" fill="#8ab4f8" font-style="italic">${escaped(caption)}</text>`)
      y += lineHeight
    }
    for (const line of lines) {
      rows.push(`<text x="${margin}" y="${y}" xml:space="preserve">${spans(line)}</text>`)
      y += lineHeight
    }
    y += lineHeight / 2
  }
  const width = Math.ceil(columns * charWidth) + 2 * margin
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14">`,
    '<rect width="100%" height="100%" rx="8" fill="#202124"/>',
    ...rows,
    '</svg>',
  ].join('\n')}\n`
}

// eslint-disable-next-line no-control-regex -- escapes begin with a control character
const escape = /\u001b\[([0-9;]*)m/

function spans(line: string): string {
  const parts = line.split(escape)
  let look = plain
  return parts
    .map((part, index) => {
      if (index % 2 === 1) {
        look = looks[part] ?? plain
        return ''
      }
      return part === '' ? '' : `<tspan ${look}>${escaped(part)}</tspan>`
    })
    .join('')
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
