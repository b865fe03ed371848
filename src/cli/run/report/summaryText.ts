import { eventText, listText } from '../../../journal/log/eventText.js'
import type { TerminalEvent } from '../../../model/event.js'
import type { Summary } from '../../../model/summary.js'
import type { NamedOperation } from '../../planFile/planOutline.js'

/**
 * The summary as one document, and each operation's outcome in the order of the plan, parts of operations behind them: what `--json`
 * prints, in pieces of a few operations, so that the text of a large run never stands in memory whole. `more` is what follows in it.
 */
export function* summaryText(
  summary: Summary,
  operations: readonly NamedOperation[],
  ends: ReadonlyMap<string, TerminalEvent>,
  returns: readonly string[] | undefined,
  more: object = {},
): Generator<string, void, undefined> {
  yield `${eventText(summary).slice(0, -1)},"operations":[`
  yield* listText(outcomes(operations, ends, returns))
  const rest = eventText(more).slice(1)
  yield rest === '}' ? ']}' : `],${rest}`
}

function* outcomes(
  operations: readonly NamedOperation[],
  ends: ReadonlyMap<string, TerminalEvent>,
  returns: readonly string[] | undefined,
): Generator<object, void, undefined> {
  const wanted = returns && new Set(returns)
  for (const { id, name, title } of operations) {
    const end = ends.get(id)
    yield end === undefined
      ? { id, name, title }
      : outcome({ id, name, title, parent: undefined }, end, wanted === undefined || wanted.has(id))
  }
  for (const end of ends.values()) {
    const { id, parent } = end
    if (parent !== undefined) yield outcome({ id, name: undefined, title: undefined, parent }, end, wanted === undefined || wanted.has(id))
  }
}

type Head = { readonly id: string } & { readonly [K in 'name' | 'title' | 'parent']: string | undefined }

// Literals with a place for every field: JSON leaves out what is undefined, and spreading what is there took as long as the text.
function outcome({ id, name, title, parent }: Head, end: TerminalEvent, withValue: boolean): object {
  switch (end.type) {
    case 'operation-succeeded': {
      const { value, durationMs, waitedMs, attempts, recoveredFrom, sharedWith, reusedFrom } = end
      const shown = withValue ? value : undefined
      return {
        id,
        name,
        title,
        parent,
        outcome: 'succeeded',
        value: shown,
        durationMs,
        waitedMs,
        attempts,
        recoveredFrom,
        sharedWith,
        reusedFrom,
      }
    }
    case 'operation-failed': {
      const { error, durationMs, waitedMs, attempts, detached } = end
      return { id, name, title, parent, outcome: 'failed', error, durationMs, waitedMs, attempts, detached }
    }
    case 'operation-skipped':
      return { id, name, title, parent, outcome: 'skipped', reason: end.reason, because: end.because }
    case 'operation-cancelled': {
      const { cause, output, durationMs, waitedMs, attempts, detached } = end
      return { id, name, title, parent, outcome: 'cancelled', cause, output, durationMs, waitedMs, attempts, detached }
    }
  }
}
