/** An answer read by its rules alone, as its reader does: what is told under each id or path. */
export interface ReadAnswer {
  readonly first: string
  readonly told: ReadonlyMap<string, readonly Piece[]>
  readonly rest: readonly string[]
}

/** JSON of a line, or the text of a fence with what its label says of it. */
export type Piece =
  | { readonly type: 'json'; readonly value: unknown; readonly range?: readonly [number, number] }
  | { readonly type: 'text'; readonly text: string; readonly label: string }

/** Reads an answer; one that goes on with an earlier one has no first line. */
export function readBack(answer: string, { goesOn = false } = {}): ReadAnswer {
  const lines = answer.split('\n')
  const told = new Map<string, Piece[]>()
  const add = (path: string, piece: Piece): void => void told.set(path, [...(told.get(path) ?? []), piece])
  const first = goesOn ? '' : lines.shift()!
  let rest: readonly string[] = []
  for (let place = 0; place < lines.length; place++) {
    const line = lines[place]!
    if (line.startsWith('The rest: batch_status ')) {
      rest = (JSON.parse(line.slice('The rest: batch_status '.length).replace(/ and \d+ more$/, '')) as { operations: string[] }).operations
      continue
    }
    const [, path = '', after = ''] = /^("(?:[^"\\]|\\.)*"|[^ :"]+(?:\s\S+ not shown)?)([\s\S]*)$/.exec(line)!
    const name = path.startsWith('"') ? (JSON.parse(path) as string) : cleaned(path)
    const label = path.startsWith('"') ? after : line.slice(name.length)
    const fence = /^`{3,}$/.exec(lines[place + 1] ?? '')?.[0]
    if (label.endsWith(':') && fence !== undefined) {
      const end = lines.indexOf(fence, place + 2)
      if (end < 0) throw new Error(`No fence closes the one of ${name}.`)
      add(name, { type: 'text', text: lines.slice(place + 2, end).join('\n'), label })
      place = end
      continue
    }
    if (/^ (?:failed|skipped|cancelled)\b/.test(label)) continue
    const ranged = /^ \((?:the first (\d+)|(\d+) to (\d+)) of \d+\): (.*)$/s.exec(label)
    const json = ranged === null ? label.slice(1) : ranged[4]!
    const range = ranged === null ? undefined : ([Number(ranged[2] ?? 0), Number(ranged[1] ?? ranged[3])] as const)
    add(name, { type: 'json', value: JSON.parse(json), ...(range !== undefined && { range }) })
  }
  return { first, told, rest }
}

function cleaned(path: string): string {
  return path.endsWith(',') ? path.slice(0, -1) : path
}
