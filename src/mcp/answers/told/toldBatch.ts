import type { OperationError } from '../../../model/operationError.js'
import type { TerminalEvent } from '../../../model/event.js'
import type { ServedBatch } from '../../batches/batch.js'
import { compactJson } from '../form/compactJson.js'
import { askedPath, leafAt } from './path.js'
import { cancelReason, skipReason, stopReason } from './reasons.js'
import { toldOf, type ToldOperation } from './toldOf.js'

/** One thing that an answer tells of a batch. */
export type ToldEntry =
  | { readonly type: 'failed'; readonly id: string; readonly error: OperationError; readonly attempts: number; readonly detached: boolean }
  | { readonly type: 'stopped'; readonly id: string; readonly outcome: 'skipped' | 'cancelled'; readonly reason: string }
  | ToldValue
  | { readonly type: 'same'; readonly id: string; readonly as: string }

export interface ToldValue {
  readonly type: 'value'
  /** Of the operation it belongs to. */
  readonly id: string
  readonly keys: readonly (string | number)[]
  /** The id, or the way into its value that was asked for. */
  readonly path: string
  readonly value: unknown
  readonly attempts: number
  readonly recoveredFrom?: OperationError
  readonly operation: ToldOperation
}

/**
 * Everything an answer tells of a batch that has finished: what went wrong, then values in the order of the plan.
 *
 * A value that is told already is not told again, unless `repeat` is set.
 */
export function toldBatch(batch: ServedBatch, { repeat = false } = {}): readonly ToldEntry[] {
  const ended = operationsAndItems(batch)
  const values = valuesOf(batch, ended)
  return [...ended.flatMap((one) => failureOf(one)), ...stoppedOf(batch, ended), ...(repeat ? values : withoutDoubles(values))]
}

interface Ended {
  readonly id: string
  readonly end: TerminalEvent | undefined
  readonly operation: ToldOperation
  /** Its items are told in place of its own value. */
  readonly inItems: boolean
  readonly itemOf?: string
}

/** The operations of the plan, each item of an `each` behind the operation it came from. */
function operationsAndItems({ operations, ends }: ServedBatch): readonly Ended[] {
  const items = new Map<string, TerminalEvent[]>()
  for (const end of ends.values()) {
    if (end.parent === undefined) continue
    const siblings = items.get(end.parent)
    if (siblings === undefined) items.set(end.parent, [end])
    else siblings.push(end)
  }
  return operations.flatMap((operation): readonly Ended[] => {
    const { id, each } = operation
    const told = { name: operation.name, params: operation.params }
    const end = ends.get(id)
    const children = items.get(id) ?? []
    const itemsOf = each ? [...children].sort((a, b) => itemPlace(a.id) - itemPlace(b.id)) : children.filter(endsIts(end))
    return [
      { id, end, operation: told, inItems: each && children.length > 0 },
      ...itemsOf.map((item): Ended => ({ id: item.id, end: item, operation: told, inItems: false, itemOf: id })),
    ]
  })
}

/** Of other children only those tell something that made their parent fail, unless it says the same: the value of a parent tells the rest. */
function endsIts(end: TerminalEvent | undefined): (child: TerminalEvent) => boolean {
  if (end?.type !== 'operation-failed') return () => false
  return (child) => child.type === 'operation-failed' && child.error.message !== end.error.message
}

function itemPlace(id: string): number {
  return Number(/\[(\d+)\]$/.exec(id)?.[1] ?? 0)
}

function failureOf({ id, end }: Ended): readonly ToldEntry[] {
  if (end?.type !== 'operation-failed') return []
  return [{ type: 'failed', id, error: end.error, attempts: end.attempts, detached: end.detached === true }]
}

function stoppedOf({ ends, onFailure, summary }: ServedBatch, ended: readonly Ended[]): readonly ToldEntry[] {
  const entry = (id: string, outcome: 'skipped' | 'cancelled', reason: string): ToldEntry => ({ type: 'stopped', id, outcome, reason })
  const cancelled = ended.flatMap(({ id, end, itemOf }) => {
    if (end?.type === 'operation-cancelled') return [entry(id, 'cancelled', cancelReason(end, ends, onFailure))]
    const stop = summary?.stoppedBy
    return end === undefined && itemOf === undefined && stop !== undefined ? [entry(id, 'cancelled', stopReason(stop))] : []
  })
  const skipped = ended.flatMap(({ id, end }) => (end?.type === 'operation-skipped' ? [entry(id, 'skipped', skipReason(end, ends))] : []))
  return [...cancelled, ...skipped]
}

function valuesOf({ returns }: ServedBatch, ended: readonly Ended[]): readonly ToldValue[] {
  if (returns === 'none') return []
  return returns === undefined ? ended.flatMap(unaskedValue) : askedValues(returns, ended)
}

function unaskedValue(one: Ended): readonly ToldValue[] {
  const { end, operation, inItems } = one
  if (end?.type !== 'operation-succeeded' || inItems) return []
  // What stands in for a failure is no value of its type.
  const value = end.recoveredFrom === undefined ? toldOf(operation, end.value) : end.value
  return valueEntry(one, one.id, [], value)
}

function askedValues(returns: readonly string[], ended: readonly Ended[]): readonly ToldValue[] {
  const byId = new Map(ended.map((one) => [one.id, one]))
  const wanted = new Map<string, { readonly path: string; readonly keys: readonly (string | number)[] }[]>()
  for (const text of returns) {
    const asked = askedPath(text, (id) => byId.has(id))
    if (asked !== undefined) wanted.set(asked.id, [...(wanted.get(asked.id) ?? []), asked])
  }
  return ended.flatMap((one) => {
    const of = one.itemOf === undefined ? [] : (wanted.get(one.itemOf) ?? []).filter(({ keys }) => keys.length === 0)
    const paths = [...of.map(() => ({ path: one.id, keys: [] })), ...(wanted.get(one.id) ?? [])]
    if (one.end?.type !== 'operation-succeeded') return []
    const { value } = one.end
    return paths.flatMap(({ path, keys }) => (one.inItems && keys.length === 0 ? [] : valueEntry(one, path, keys, leafAt(value, keys))))
  })
}

/** Of nothing, nothing is told but what was unusual about the way to it. */
function valueEntry({ id, end, operation }: Ended, path: string, keys: ToldValue['keys'], value: unknown): readonly ToldValue[] {
  if (end?.type !== 'operation-succeeded') return []
  const { attempts, recoveredFrom } = end
  if ((value === undefined || value === null) && attempts <= 1 && recoveredFrom === undefined) return []
  return [{ type: 'value', id, keys, path, value, attempts, operation, ...(recoveredFrom !== undefined && { recoveredFrom }) }]
}

/** A repeated value shorter than this is repeated. */
const mostRepeated = 200

function withoutDoubles(values: readonly ToldValue[]): readonly ToldEntry[] {
  if (values.length < 2) return values
  const first = new Map<string, string>()
  return values.map((entry): ToldEntry => {
    if (typeof entry.value === 'number' || typeof entry.value === 'boolean' || entry.value === undefined) return entry
    const text = compactJson(entry.value)
    if (text.length <= mostRepeated) return entry
    const as = first.get(text)
    if (as === undefined) first.set(text, entry.path)
    return as === undefined ? entry : { type: 'same', id: entry.path, as }
  })
}

/** What an answer reports of one operation, or of a part of its value; undefined when there is no value. */
export function entryOf(
  batch: ServedBatch,
  id: string,
  { path, keys }: { readonly path: string; readonly keys: ToldValue['keys'] },
): ToldEntry | undefined {
  const end = batch.ends.get(id)
  const part: Ended | undefined = end && { id, end, operation: { name: '', params: {} }, inItems: false }
  const ended = operationsAndItems(batch).find((one) => one.id === id) ?? part
  if (ended === undefined) return undefined
  const [told] = [...failureOf(ended), ...stoppedOf(batch, [ended])]
  if (told !== undefined || ended.end?.type !== 'operation-succeeded') return told
  const value = leafAt(ended.end.value, keys)
  const { attempts, recoveredFrom } = ended.end
  return {
    type: 'value',
    id,
    keys,
    path,
    value,
    attempts,
    operation: ended.operation,
    ...(recoveredFrom !== undefined && { recoveredFrom }),
  }
}
