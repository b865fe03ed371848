// What a plan asks for, understood by brute force from its data alone: every pair of operations is looked at. Nothing of
// src/graph or src/engine is used here, so that a fault there cannot hide itself.
import type { Priority, When } from '../../src/model/plan.js'
import type { OperationData, PlanData } from './checkerTranscript.js'

export interface Understood {
  readonly data: OperationData
  readonly id: string
  /** Its place in the list. */
  readonly index: number
  readonly when: When
  /** Smaller goes first. */
  readonly rank: number
  readonly weight: number
  readonly pool: string | undefined
  /** What its gate counts, with the reason. */
  readonly counted: ReadonlyMap<string, 'explicit' | 'reference' | 'effect'>
  /** What it only has to come after. */
  readonly after: ReadonlySet<string>
}

interface Touch {
  /** undefined: not known before the run, so it may be anywhere. */
  readonly path: readonly string[] | undefined
  readonly kind: 'read' | 'write' | 'follow'
  readonly program: boolean
}

const priorities: readonly Priority[] = ['critical', 'high', 'medium', 'low']

export function rankOf(priority: Priority | undefined, index: number): number {
  return priorities.indexOf(priority ?? 'medium') * 1_000_000 + index
}

export function understand(plan: PlanData): ReadonlyMap<string, Understood> {
  const { operations } = plan
  const counted = operations.map(needs)
  const after = operations.map(() => new Set<string>())
  if (plan.inferDependencies !== false) {
    const order = inListOrder(operations, counted)
    order.forEach((operation, place) => {
      const index = operations.indexOf(operation)
      const earlier = order.slice(0, place)
      const touches = touchesOf(operation)
      for (const touch of touches) {
        const writer = neededWriter(touch, earlier)
        if (writer !== undefined && !counted[index]!.has(writer)) counted[index]!.set(writer, 'effect')
      }
      for (const other of earlier) if (conflict(touchesOf(other), touches) && !counted[index]!.has(other.id)) after[index]!.add(other.id)
    })
  }
  const rank = reachedRanks(operations, counted, after)
  return new Map(
    operations.map((data, index) => [
      data.id,
      {
        data,
        id: data.id,
        index,
        when: data.when ?? 'success',
        rank: rank[index]!,
        weight: data.operation === 'spread' ? 0 : (data.weight ?? 1),
        pool: data.pool,
        counted: counted[index]!,
        after: after[index]!,
      },
    ]),
  )
}

/** The best priority of all that wait for each, however far behind, then the place in the list. */
function reachedRanks(
  operations: readonly OperationData[],
  counted: readonly ReadonlyMap<string, unknown>[],
  after: readonly ReadonlySet<string>[],
): readonly number[] {
  const best = operations.map(({ priority }) => priorities.indexOf(priority ?? 'medium'))
  const place = new Map(operations.map(({ id }, index) => [id, index]))
  for (let changed = true; changed;) {
    changed = false
    operations.forEach((_, index) => {
      for (const id of [...counted[index]!.keys(), ...after[index]!]) {
        const source = place.get(id)
        if (source === undefined || best[source]! <= best[index]!) continue
        best[source] = best[index]!
        changed = true
      }
    })
  }
  return operations.map((_, index) => rankOf(priorities[best[index]!], index))
}

/** The list with each operation after what it was told to wait for, and otherwise as it stands. */
export function inListOrder(operations: readonly OperationData[], told = operations.map(needs)): readonly OperationData[] {
  const order: OperationData[] = []
  while (order.length < operations.length) {
    const placed = new Set(order.map(({ id }) => id))
    const next = operations.find((operation, index) => !placed.has(operation.id) && [...told[index]!.keys()].every((id) => placed.has(id)))
    if (next === undefined) throw new Error('The plan has a cycle.')
    order.push(next)
  }
  return order
}

function needs(operation: OperationData): Map<string, 'explicit' | 'reference' | 'effect'> {
  const found = new Map<string, 'explicit' | 'reference' | 'effect'>()
  for (const id of operation.dependencies ?? []) found.set(id, 'explicit')
  for (const id of referencesIn(operation.params)) if (!found.has(id)) found.set(id, 'reference')
  return found
}

function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const entries = Object.entries(value) as readonly (readonly [string, unknown])[] // Entries of JSON.
  return entries.flatMap(([key, member]) => {
    if (key === '$literal') return []
    if (key === '$ref') return [String(Array.isArray(member) ? member[0] : String(member).split('.')[0])]
    if (key === '$template') return [...String(member).matchAll(/\{\{\s*([^.}\s]+)/g)].map(([, id]) => id!)
    return referencesIn(member)
  })
}

function touchesOf({ params = {} }: OperationData): readonly Touch[] {
  const program = 'follows' in params
  const of = (kind: Touch['kind'], given: unknown): readonly Touch[] => {
    if (given === undefined) return []
    if (!Array.isArray(given)) return [{ path: undefined, kind, program }]
    return given.map((path) => ({ path: String(path).split('/'), kind, program }))
  }
  return [...of('read', params['reads']), ...of('write', params['writes']), ...of('follow', params['follows'])]
}

function holds(outer: Touch['path'], inner: Touch['path']): boolean {
  if (outer === undefined) return true
  return inner !== undefined && outer.every((part, level) => inner[level] === part)
}

function conflict(some: readonly Touch[], others: readonly Touch[]): boolean {
  return some.some((a) =>
    others.some((b) => {
      if (!holds(a.path, b.path) && !holds(b.path, a.path)) return false
      if (a.kind === 'follow') return b.kind !== 'follow' && !b.program
      if (b.kind === 'follow') return !a.program
      return a.kind === 'write' || b.kind === 'write'
    }),
  )
}

/** The last that may have made what is read, if that wrote exactly this: without its success there is nothing to read. */
function neededWriter(touch: Touch, earlier: readonly OperationData[]): string | undefined {
  if (touch.kind !== 'read' || touch.path === undefined) return undefined
  const last = earlier.findLast((operation) =>
    touchesOf(operation).some(({ path, kind }) => holds(path, touch.path) && (kind === 'write' || (kind === 'follow' && !touch.program))),
  )
  if (last === undefined) return undefined
  const writes = touchesOf(last).filter(({ kind }) => kind === 'write')
  return writes.some(({ path }) => path?.length === touch.path?.length && holds(path, touch.path)) ? last.id : undefined
}
