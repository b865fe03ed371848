import type { BatchEvent } from '../../model/event.js'
import type { CancelCause } from '../../model/outcome.js'
import type { StopCause, Summary } from '../../model/summary.js'

/** What people see in place of the ids of a plan: the titles that it gives. */
export interface Titles {
  /** The event as it is shown: each id in it replaced by what stands for it. */
  event(event: BatchEvent): BatchEvent
  summary(summary: Summary): Summary
  /** What stands for an id. */
  shown(id: string): string
  /** The id behind what is shown, for a command that needs it. */
  idOf(shown: string): string
}

/** Undefined where no operation has a title: everything is shown as it is. Of two with the same title each has its id behind it. */
export function titlesOf(operations: Iterable<{ readonly id: string; readonly title?: string | undefined }>): Titles | undefined {
  const titles = new Map<string, string>()
  for (const { id, title } of operations) if (title !== undefined) titles.set(id, title)
  if (titles.size === 0) return undefined
  const counts = new Map<string, number>()
  for (const title of titles.values()) counts.set(title, (counts.get(title) ?? 0) + 1)
  for (const [id, title] of titles) if (counts.get(title)! > 1) titles.set(id, `${title} (${id})`)
  const ids = new Map([...titles].map(([id, title]) => [title, id]))

  // Items are named after the whole: `sizes[0]`.
  const shown = (id: string): string => titles.get(id) ?? replaced(id, titles) ?? id
  const shownAll = (list: readonly string[]): readonly string[] => list.map(shown)
  const cause = <C extends CancelCause | StopCause>(given: C): C => {
    if ('because' in given) return { ...given, because: shownAll(given.because) }
    return 'id' in given ? { ...given, id: shown(given.id) } : given
  }
  const summary = (given: Summary): Summary => ({
    ...given,
    rootCauses: given.rootCauses.map((root) => ({ ...root, id: shown(root.id) })),
    detached: shownAll(given.detached),
    ...(given.stoppedBy && { stoppedBy: cause(given.stoppedBy) }),
    ...(given.rollback && {
      rollback: { ...given.rollback, failed: shownAll(given.rollback.failed), notUndoable: shownAll(given.rollback.notUndoable) },
    }),
  })
  return {
    summary,
    shown,
    idOf: (text) => ids.get(text) ?? replaced(text, ids) ?? text,
    event(event) {
      if (event.type === 'run-finished') return { ...event, summary: summary(event.summary) }
      if (!('id' in event)) return event
      const named = { ...event, id: shown(event.id), ...(event.parent !== undefined && { parent: shown(event.parent) }) }
      switch (named.type) {
        case 'operation-skipped':
          return { ...named, because: shownAll(named.because) }
        case 'operation-cancelled':
          return { ...named, cause: cause(named.cause) }
        case 'operation-succeeded':
          return named.sharedWith === undefined ? named : { ...named, sharedWith: shown(named.sharedWith) }
        case 'operation-added':
        case 'operation-ready':
        case 'attempt-started':
        case 'attempt-placed':
        case 'process-started':
        case 'operation-progress':
        case 'operation-output':
        case 'operation-emitted':
        case 'attempt-failed':
        case 'operation-failed':
        case 'operation-undone':
        case 'undo-failed':
          return named
      }
    },
  }
}

/** A name that begins with one of others and goes on with `[…]`. */
function replaced(name: string, names: ReadonlyMap<string, string>): string | undefined {
  for (let end = name.lastIndexOf('['); end > 0; end = name.lastIndexOf('[', end - 1)) {
    const whole = names.get(name.slice(0, end))
    if (whole !== undefined) return `${whole}${name.slice(end)}`
  }
  return undefined
}
