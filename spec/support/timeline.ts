import type { BatchEvent } from '../../src/model/event.js'

/**
 * What became of each operation, a column a ms: `w` waits for a slot, `=` runs, `~` waits for its next attempt; then `|` succeeded, `#`
 * failed (an attempt, or for good), `!` was cancelled, `s` was skipped; `r` emitted, as a service that is ready. Spaces before it is ready.
 */
export function timeline(events: readonly BatchEvent[]): Readonly<Record<string, string>> {
  const rows = new Map<string, Row>()
  const from = events[0]?.at ?? 0
  for (const event of events) {
    if (!('id' in event)) continue
    if (!rows.has(event.id)) rows.set(event.id, new Row())
    rows.get(event.id)!.add(event, event.at - from)
  }
  return Object.fromEntries([...rows].map(([id, row]) => [id, row.text()]))
}

const letters: ReadonlyMap<BatchEvent['type'], string> = new Map([
  ['operation-emitted', 'r'],
  ['attempt-failed', '#'],
  ['operation-succeeded', '|'],
  ['operation-failed', '#'],
  ['operation-cancelled', '!'],
  ['operation-skipped', 's'],
])

class Row {
  private readonly cells: string[] = []
  private state = ' '

  add(event: BatchEvent, at: number): void {
    while (this.cells.length < at) this.cells.push(this.state)
    if (event.type === 'operation-ready') this.state = 'w'
    if (event.type === 'attempt-started') this.state = '='
    if (event.type === 'attempt-failed') this.state = '~'
    const letter = letters.get(event.type)
    if (letter !== undefined) this.cells[at] = letter
  }

  /** What still went on when the events ended shows as far as it is known. */
  text(): string {
    return this.cells.length === 0 ? this.state : this.cells.join('')
  }
}
