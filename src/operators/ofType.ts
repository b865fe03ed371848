import { filter, type OperatorFunction } from 'rxjs'
import { eventTypes } from '../model/eventTypes.js'
import { nearest } from '../model/fault/nearest.js'
import type { AnyEvent } from '../model/metrics/monitorEvent.js'
import { refuse } from '../model/options/checkOptions.js'
import type { OptionFault } from '../model/options/optionFault.js'

/**
 * Keeps the events of the named types.
 *
 * Completes with the source. Never errors by itself. A name that is not an event type does not compile; the events of `monitor()` are
 * included.
 *
 * @example
 * ```ts
 * import { firstValueFrom, toArray } from 'rxjs'
 * import { ofType, runBatch } from 'millrace'
 * const [finished] = await firstValueFrom(runBatch([]).pipe(ofType('run-finished'), toArray()))
 * finished?.summary.counts.total // => 0
 * ```
 * @see {@link onlyFailed} for the failures alone
 * @since 0.1.0
 */
export function ofType<T extends AnyEvent['type']>(
  ...types: readonly [T, ...T[]]
): OperatorFunction<AnyEvent, Extract<AnyEvent, { readonly type: T }>> {
  refuse('ofType', typeFaults(types))
  const wanted: ReadonlySet<AnyEvent['type']> = new Set(types)
  return (events) => events.pipe(filter((event): event is Extract<AnyEvent, { readonly type: T }> => wanted.has(event.type)))
}

function typeFaults(types: readonly unknown[]): readonly OptionFault[] {
  const expected = 'the type of an event, such as "operation-failed"'
  if (types.length === 0) return [{ type: 'wrong-option', at: ['types'], expected, received: undefined }]
  return types.flatMap((type, index) => {
    if (typeof type === 'string' && eventTypes.includes(type)) return []
    const near = typeof type === 'string' ? nearestType(type) : undefined
    const wayOut = `${near === undefined ? '' : `Did you mean "${near}"? `}There is: ${eventTypes.join(', ')}.`
    return [{ type: 'wrong-option', at: ['types', index], expected, received: type, wayOut }]
  })
}

// The first words are the same in half of them, and would make any two look alike: `operation-finished`, `operation-skipped`.
function nearestType(given: string): string | undefined {
  const [, lead = '', rest = given] = /^(\w+-)(.*)$/.exec(given) ?? []
  const near = nearest(
    rest,
    eventTypes.filter((known) => known.startsWith(lead)).map((known) => known.slice(lead.length)),
  )
  return near === undefined
    ? nearest(
        given,
        eventTypes.filter((known) => !known.startsWith(lead) || lead === ''),
      )
    : lead + near
}
