import type { EdgeKind } from '../../model/graph.js'
import type { OnFailure, PoolLimit } from '../../model/plan.js'
import { count, thousands, listed } from '../../terminal/text/count.js'
import { duration } from '../../terminal/text/duration.js'
import type { Paint } from '../../terminal/text/paint.js'
import { visible } from '../../terminal/text/visible.js'
import { padded, widthOf } from '../../terminal/text/width.js'
import type { ExplainedOperation, Explanation, WaitsFor } from './explain.js'

/** How many operations are shown of a large plan. */
export const shownOperations = 60
const shownEdges = 8
const shownPools = 12

const policies: Readonly<Record<OnFailure, string>> = {
  continue: 'After a failure, only its dependents are skipped.',
  'no-new': 'After a failure, no more operations start.',
  cancel: 'After a failure, all other operations are cancelled.',
  rollback: 'After a failure, all other operations are cancelled, and completed ones are undone.',
}

/** An explanation for people; of a large plan the beginning, unless `all` is asked for. */
export function explanationText(plan: Explanation, all: boolean, paint: Paint): string {
  const paragraphs = [headline(plan, all, paint), operations(plan, all, paint), order(plan, all), notes(plan, all), rollback(plan, all)]
  return `${paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function headline(plan: Explanation, all: boolean, paint: Paint): readonly string[] {
  const name = plan.name === undefined ? 'This plan' : visible(plan.name)
  const limits = [`at most ${thousands(plan.concurrency)} at once`]
  if (plan.timeoutMs !== undefined) limits.push(`at most ${duration(plan.timeoutMs)} in all`)
  const lines = [`${paint('strong', name)}: ${count(plan.operations.length, 'operation')}, ${limits.join(', ')}.`, policies[plan.onFailure]]
  lines.push(...inputs(plan, all), ...pools(plan, all))
  const { explicit, reference, effect, order } = plan.edges
  const kinds = [
    [explicit, 'explicit'],
    [reference, 'by reference'],
    [effect, 'by effect'],
    [order, 'to keep the order of the list'],
  ] as const
  const edges = kinds.filter(([number]) => number > 0).map(([number, kind]) => `${thousands(number)} ${kind}`)
  lines.push(edges.length === 0 ? 'No operation waits for another.' : `Edges: ${edges.join(', ')}.`)
  return lines
}

function inputs({ inputs: given = {} }: Explanation, all: boolean): readonly string[] {
  const named = Object.entries(given).map(([name, value]) => `${visible(name)} = ${inputWords(value)}`)
  return named.length === 0
    ? []
    : [`Inputs: ${listed(named, named.length, all ? Infinity : shownPools)}. Change one with --set NAME=VALUE.`]
}

const longestInput = 60

function inputWords(value: unknown): string {
  const text = visible(JSON.stringify(value))
  return text.length <= longestInput ? text : `${text.slice(0, longestInput)}…`
}

function pools(plan: Explanation, all: boolean): readonly string[] {
  const { unreachedPools: unreached, concurrency } = plan
  const named = Object.entries(plan.pools).map(([pool, limits]) => `${visible(pool)} (${poolWords(limits)})`)
  const lines = named.length === 0 ? [] : [`Pools: ${listed(named, named.length, all ? Infinity : shownPools)}.`]
  if (unreached.length === 0) return lines
  const whose = listed(unreached.map(visible), unreached.length, all ? Infinity : shownPools)
  return [
    ...lines,
    `Limits that are never reached, because the run has ${count(concurrency, 'slot')}: ${whose}. Raise "concurrency" to use them.`,
  ]
}

function operations({ operations: list }: Explanation, all: boolean, paint: Paint): readonly string[] {
  const shown = all ? list : list.slice(0, shownOperations)
  const widest = shown.reduce((most, { id }) => Math.max(most, widthOf(visible(id))), 0)
  const services = new Set(list.flatMap(({ id, service }) => (service === undefined ? [] : [id])))
  const lines = shown.flatMap((operation) => {
    const { id, name, title, waitsFor } = operation
    const head = [paint('strong', padded(visible(id), Math.min(widest, 40))), name, ...(title === undefined ? [] : [visible(title)])]
    return [[...head, ...settings(operation)].join('  '), ...waits(waitsFor, services, all, paint)]
  })
  const hidden = list.length - shown.length
  return hidden > 0 ? [...lines, `… and ${count(hidden, 'more operation')}; --all shows every one.`] : lines
}

function settings({
  each,
  conditional,
  condition,
  service,
  confirm,
  when,
  priority,
  weight,
  pool,
  place,
  timeoutMs,
  retry,
}: ExplainedOperation): readonly string[] {
  const notes: string[] = []
  if (each !== undefined) notes.push(`once for each ${visible(each)}`)
  if (service !== undefined) notes.push(`service, ready when ${visible(service.readyWhen)}`)
  if (conditional === true) notes.push(`only if ${condition === undefined ? 'its condition holds' : visible(condition)}`)
  if (confirm) notes.push('to be confirmed before the run')
  if (when !== 'success') notes.push(`when ${when}`)
  if (priority !== 'medium') notes.push(`${priority} priority`)
  if (weight !== 1 && each === undefined && service === undefined) notes.push(`takes ${thousands(weight)} slots`)
  if (pool !== undefined) notes.push(`pool ${visible(pool)}`)
  if (place !== undefined) notes.push(place === 'any' ? 'at any worker' : `at a worker for ${visible(place)}`)
  if (timeoutMs !== undefined) notes.push(`at most ${duration(timeoutMs)}`)
  if (retry !== undefined && retry.attempts > 1) notes.push(`up to ${retry.attempts} attempts`)
  return notes.length === 0 ? [] : [`(${notes.join(', ')})`]
}

function waits(waitsFor: readonly WaitsFor[], services: ReadonlySet<string>, all: boolean, paint: Paint): readonly string[] {
  const told = strongest(waitsFor)
  const shown = all ? told : told.slice(0, shownEdges)
  const lines = shown.map(
    ({ id, kind, why }) => `  after ${visible(id)}${services.has(id) ? ' is ready' : ''} ${paint('faint', `(${kind}: ${visible(why)})`)}`,
  )
  const hidden = told.length - shown.length
  return hidden > 0 ? [...lines, `  after ${count(hidden, 'more operation')}`] : lines
}

/** One reason for each operation waited for, the one that asks most of it. */
function strongest(waitsFor: readonly WaitsFor[]): readonly WaitsFor[] {
  const byId = new Map<string, WaitsFor>()
  for (const edge of waitsFor) {
    const known = byId.get(edge.id)
    if (known === undefined || strength[edge.kind] > strength[known.kind]) byId.set(edge.id, edge)
  }
  return [...byId.values()].sort((a, b) => strength[b.kind] - strength[a.kind])
}

const strength: Readonly<Record<EdgeKind, number>> = { order: 0, effect: 1, reference: 2, explicit: 3 }

function order(plan: Explanation, all: boolean): readonly string[] {
  const lines = groups(plan).map(({ ids, with: others }) =>
    others === undefined
      ? `In no particular order: ${names(ids, all)}.`
      : `In no particular order with ${names(others, all)}: ${names(ids, all)}.`,
  )
  if (lines.length > 0) lines.push('Their effects are not declared: add "dependencies" where the order matters.')
  if (plan.unorderedOmitted > 0)
    lines.push(`${count(plan.unorderedOmitted, 'more operation')} with effects that are not declared; the first 200 were compared.`)
  const chain = plan.longestChain
  if (chain.length > 1) lines.push(`Longest chain: ${arrows(chain, all)} (${count(chain.length, 'operation')}).`)
  if (plan.operations.length > 1)
    lines.push(
      `At concurrency ${thousands(plan.concurrency)} it takes at least as long as ${count(plan.leastRounds, 'operation')} in a row.`,
    )
  return lines
}

interface Group {
  readonly ids: readonly string[]
  /** Undefined when all of the group are in no order among themselves. */
  readonly with: readonly string[] | undefined
}

/** Operations that are in no order among themselves, or with the same others, stand on one line; no line says another one backwards. */
function groups({ unordered }: Explanation): readonly Group[] {
  const among = new Map<string, string[]>()
  for (const { id, with: others } of unordered) push(among, [id, ...others], id)
  const mixed = unordered.filter(({ id, with: others }) => among.get(keyOf([id, ...others]))!.length <= others.length)
  const withSame = new Map<string, string[]>()
  for (const { id, with: others } of mixed) push(withSame, others, id)
  const told = new Set<string>()
  return [
    ...[...among].flatMap(([key, ids]) => (keyOf(ids) === key ? [{ ids, with: undefined }] : [])),
    ...mixed.flatMap(({ with: others }) => {
      const key = keyOf(others)
      const ids = withSame.get(key)!
      if (told.has(`${keyOf(ids)} ${key}`) || told.has(`${key} ${keyOf(ids)}`)) return []
      told.add(`${keyOf(ids)} ${key}`)
      return [{ ids, with: others }]
    }),
  ]
}

function push(groups: Map<string, string[]>, members: readonly string[], id: string): void {
  const key = keyOf(members)
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [id])
  else group.push(id)
}

function keyOf(ids: readonly string[]): string {
  return JSON.stringify([...ids].sort())
}

const shownNotes = 12

function notes({ notes: list }: Explanation, all: boolean): readonly string[] {
  const shown = all ? list : list.slice(0, shownNotes)
  const hidden = list.length - shown.length
  const lines = shown.map(({ id, text }) => `${visible(id)}: ${visible(text)}`)
  return hidden > 0 ? [...lines, `… and ${count(hidden, 'more note')}; --all shows every one.`] : lines
}

function rollback({ cannotBeUndone, onFailure }: Explanation, all: boolean): readonly string[] {
  if (cannotBeUndone.length === 0) return []
  const lead = onFailure === 'rollback' ? 'A rollback cannot undo' : 'With "onFailure": "rollback" these could not be undone'
  return [`${lead}: ${names(cannotBeUndone, all)}.`]
}

function names(ids: readonly string[], all: boolean): string {
  return listed(ids.map(visible), ids.length, all ? Infinity : 12)
}

function arrows(chain: readonly string[], all: boolean): string {
  const ids = chain.map(visible)
  return (all || ids.length <= 12 ? ids : [...ids.slice(0, 6), '…', ...ids.slice(-5)]).join(' → ')
}

function poolWords({ limit, perSecond, burst = 1 }: PoolLimit): string {
  const atOnce = limit === undefined ? [] : [`at most ${thousands(limit)} at once`]
  const starts = perSecond === undefined ? [] : [`${perSecond} a second, ${thousands(burst)} together`]
  return [...atOnce, ...starts].join(', ') || 'no limit'
}
