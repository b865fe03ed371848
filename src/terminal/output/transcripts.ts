import type { BatchEvent } from '../../model/event.js'
import { isTerminal } from '../../model/isTerminal.js'
import { lineCutter } from './lineCutter.js'
import { transcript, type Transcript, type TranscriptLimits } from './transcript.js'

/** Keeps what operations give out while they run: the answer to the event that ends one is all of it. */
export function transcripts(limits: TranscriptLimits): (event: BatchEvent) => Transcript | undefined {
  const cut = lineCutter()
  const kept = new Map<string, Transcript>()
  const add = (id: string, lines: readonly string[]): void => {
    if (lines.length === 0) return
    const of = kept.get(id) ?? transcript(limits)
    kept.set(id, of)
    for (const line of lines) of.add(line)
  }
  return (event) => {
    if (event.type === 'operation-output') add(event.id, cut.take(event))
    else if (event.type === 'attempt-failed') add(event.id, cut.rest(event.id))
    else if (isTerminal(event)) {
      add(event.id, cut.rest(event.id))
      const of = kept.get(event.id)
      kept.delete(event.id)
      return of
    }
    return undefined
  }
}
