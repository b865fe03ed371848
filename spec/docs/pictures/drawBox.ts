/** A box of a picture: its name, and a few words under it. */
export interface DrawnBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly title: string
  readonly note: string
}

export function drawnBox({ x, y, width, height, title, note }: DrawnBox): string {
  const [middle, line] = [x + width / 2, y + height / 2]
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="#f6f8fa" stroke="#57606a"/>`,
    `<text x="${middle}" y="${line - 3}" text-anchor="middle" fill="#1f2328" font-weight="600">${escaped(title)}</text>`,
    `<text x="${middle}" y="${line + 14}" text-anchor="middle" fill="#57606a" font-size="12">${escaped(note)}</text>`,
  ].join('')
}

/** A picture of this size, on white, with what it shows in words. */
export function svg(width: number, height: number, title: string, parts: readonly string[]): string {
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="ui-sans-serif, system-ui, sans-serif" font-size="13">`,
    `<title>${escaped(title)}</title>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="#ffffff" stroke="#d0d7de"/>`,
    ...parts,
    '</svg>',
  ].join('\n')}\n`
}

export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
