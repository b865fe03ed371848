import * as E from 'fp-ts/lib/Either.js'
import { isPlainObject, own, type PlainObject } from '../../model/codec/plainObject.js'
import { nearest } from '../../model/fault/nearest.js'
import { quoteText, showName } from '../../model/fault/quote.js'
import { shellWord } from '../../model/fault/shellWord.js'
import type { CompiledPlan, Edge } from '../../model/graph.js'

/** Which operations of a plan are run: only some and what they need, some and what needs them, without some. */
export interface PartFlags {
  readonly only?: readonly string[]
  readonly from?: readonly string[]
  readonly skip?: readonly string[]
}

/** The plan with the operations chosen, each under the id it has in the whole. The Left says what is wrong with the choice. */
export function choosePart(plan: unknown, { graph }: CompiledPlan, { only, from, skip }: PartFlags): E.Either<string, unknown> {
  if (only === undefined && from === undefined && skip === undefined) return E.right(plan)
  const ids = graph.operations.map(({ id }) => id)
  for (const [flag, named] of Object.entries({ only, from, skip }))
    for (const id of named ?? []) if (!ids.includes(id)) return E.left(unknownId(flag, id, ids))
  const needs = graph.edges().filter(({ kind }) => kind !== 'order')
  const chosen = only === undefined && from === undefined ? new Set(ids) : new Set<string>()
  for (const id of reached(
    only ?? [],
    needs,
    ({ to }) => to,
    ({ from: source }) => source,
  ))
    chosen.add(id)
  for (const id of reached(
    from ?? [],
    needs,
    ({ from: source }) => source,
    ({ to }) => to,
  ))
    chosen.add(id)
  for (const id of skip ?? []) chosen.delete(id)
  const idle = idleServices(graph, needs, chosen)
  const asked = idle.find((id) => [...(only ?? []), ...(from ?? [])].includes(id))
  if (asked !== undefined) return E.left(idleService(asked, needs))
  // What a service was only for is left out, and the service with it.
  for (const id of idle) chosen.delete(id)
  const open = needs.find(({ from: source, to, kind }) => kind === 'reference' && chosen.has(to) && !chosen.has(source))
  return open === undefined ? E.right(partOf(plan, ids, chosen)) : E.left(leftOut(open))
}

/** The services among the chosen that nothing chosen needs, the last of a chain of them first. */
function idleServices(
  { operations, services }: CompiledPlan['graph'],
  needs: readonly Edge[],
  chosen: ReadonlySet<string>,
): readonly string[] {
  const byService = grouped(needs, ({ from }) => from)
  const idle = new Set<string>()
  const isNeeded = (id: string): boolean => (byService.get(id) ?? []).some(({ to }) => chosen.has(to) && !idle.has(to))
  const left = new Set(services.flatMap((index) => (chosen.has(operations[index]!.id) ? [operations[index]!.id] : [])))
  for (let before = -1; before !== idle.size;) {
    before = idle.size
    for (const id of left) if (!isNeeded(id) && left.delete(id)) idle.add(id)
  }
  return [...idle]
}

/** What is reached from some operations along edges, in one direction. */
function reached(
  start: readonly string[],
  edges: readonly Edge[],
  at: (edge: Edge) => string,
  next: (edge: Edge) => string,
): ReadonlySet<string> {
  const byStart = grouped(edges, at)
  const found = new Set(start)
  // A set is gone through with what is added meanwhile.
  for (const id of found) for (const edge of byStart.get(id) ?? []) found.add(next(edge))
  return found
}

function grouped(edges: readonly Edge[], keyOf: (edge: Edge) => string): ReadonlyMap<string, readonly Edge[]> {
  const groups = new Map<string, Edge[]>()
  for (const edge of edges) {
    const group = groups.get(keyOf(edge))
    if (group === undefined) groups.set(keyOf(edge), [edge])
    else group.push(edge)
  }
  return groups
}

function partOf(plan: unknown, ids: readonly string[], chosen: ReadonlySet<string>): unknown {
  const whole: PlainObject = Array.isArray(plan) ? { operations: plan as unknown } : isPlainObject(plan) ? plan : {}
  const isChosen = (id: unknown): boolean => typeof id === 'string' && chosen.has(id)
  const operations = (own(whole, 'operations') as readonly PlainObject[]).flatMap((operation, index) => {
    const id = ids[index]!
    const { dependencies } = operation
    if (!chosen.has(id)) return []
    return [{ ...operation, id, ...(Array.isArray(dependencies) && { dependencies: dependencies.filter(isChosen) }) }]
  })
  const returns = own(whole, 'returns')
  return { ...whole, operations, ...(Array.isArray(returns) && { returns: returns.filter(isChosen) }) }
}

function unknownId(flag: string, id: string, ids: readonly string[]): string {
  const near = nearest(id, ids.slice(0, 1_000))
  const proposed = near === undefined ? '' : `Did you mean ${quoteText(near)}? `
  return `--${flag}: no operation is called ${quoteText(id)}. ${proposed}This plan has: ${ids.slice(0, 12).map(showName).join(', ')}${ids.length > 12 ? `, … (${ids.length})` : ''}.`
}

function leftOut({ from, to }: Edge): string {
  return `${quoteText(to)} refers to the result of ${quoteText(from)}, which is left out. Use --only ${shellWord(to)}, which also runs what it needs, or leave out ${quoteText(to)} too.`
}

function idleService(id: string, needs: readonly Edge[]): string {
  const users = [...new Set(needs.flatMap(({ from, to }) => (from === id ? [to] : [])))]
  const named = users.slice(0, 12).map(shellWord).join(' ')
  return `no operation that depends on the service ${quoteText(id)} would run, and it would end as soon as it is ready. Choose one that depends on it: --only ${named}.`
}
