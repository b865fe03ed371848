import fc, { type Arbitrary } from 'fast-check'
import type { OnFailure, Priority, When } from '../../src/model/plan.js'
import type { OperationData, PlanData, PoolData } from './checkerTranscript.js'

/** What a body does: an attempt after the last named one does the same again. */
export interface BodyScript {
  /** `held` ends when the driver says so; the others at once, within their start. */
  readonly ends: readonly ('held' | 'gives' | 'throws')[]
  /** Ignores its abort: it goes on until the driver ends it. */
  readonly lingers: boolean
  /** What it registers to undo itself, and how each of those comes out; the first is how an undo of the plan does. */
  readonly undo: readonly ('done' | 'fails' | 'throws' | 'hangs' | 'held')[]
}

/** What the caller does at the moment an event is told, counted from the first. */
export interface Interference {
  readonly at: number
  readonly does: 'abort' | 'leave' | 'limit'
  readonly limit: number
}

/** All that makes one run: the same of it makes the same run. */
export interface RandomRun {
  readonly plan: PlanData
  readonly bodies: ReadonlyMap<string, BodyScript>
  readonly graceMs: number
  readonly seed: number
  /** Whether the limit comes from an Observable, so that the driver may change it. */
  readonly liveLimit: boolean
  readonly interferences: readonly Interference[]
  /** What the driver picks, one number a step; 0 for ever after: the oldest body succeeds. */
  readonly choices: readonly number[]
}

const paths = ['a', 'b', 'd', 'd/x', 'd/y', 'd/x/z'] as const
const names = ['__proto__', 'constructor', 'toString', 'é', 'hasOwnProperty'] as const

/** Mostly the first, which shrinking goes to. */
function mostly<A, B>(usual: A, weight: number, other: Arbitrary<B>): Arbitrary<A | B> {
  return fc.oneof({ arbitrary: fc.constant(usual), weight }, { arbitrary: other, weight: 1 })
}

const touched = fc.oneof(
  { arbitrary: fc.constant({}), weight: 3 },
  {
    arbitrary: fc.record(
      {
        reads: fc.array(fc.constantFrom(...paths), { maxLength: 2 }),
        writes: fc.array(fc.constantFrom(...paths), { minLength: 1, maxLength: 2 }),
        follows: fc.constantFrom<(readonly string[])[]>([], ['d'], ['a']),
      },
      { requiredKeys: [] },
    ),
    weight: 2,
  },
)

const body: Arbitrary<BodyScript> = fc.record({
  ends: mostly<BodyScript['ends'], BodyScript['ends']>(
    ['held'],
    3,
    fc.array(fc.constantFrom('held' as const, 'gives' as const, 'throws' as const), { minLength: 1, maxLength: 2 }),
  ),
  lingers: mostly(false, 2, fc.constant(true)),
  undo: mostly<BodyScript['undo'], BodyScript['undo']>(
    [],
    1,
    fc.array(fc.constantFrom('done' as const, 'held' as const, 'fails' as const, 'throws' as const, 'hangs' as const), {
      minLength: 1,
      maxLength: 2,
    }),
  ),
})

const retry = fc.record(
  {
    attempts: fc.integer({ min: 1, max: 3 }),
    delayMs: fc.integer({ min: 0, max: 20 }),
    factor: fc.constantFrom(1, 2),
    maxDelayMs: fc.nat(30),
  },
  { requiredKeys: ['attempts', 'delayMs'] },
)

/** Operations that one of `test.spread` adds while it runs: all at once, or one after another, whether it was told to stop or not. */
const spread = fc.record({
  parts: fc.array(fc.record({ pool: fc.constantFrom('p', 'q'), timeoutMs: fc.integer({ min: 1, max: 20 }), retry }, { requiredKeys: [] }), {
    minLength: 1,
    maxLength: 3,
  }),
  oneByOne: fc.boolean(),
})

const node = fc.record({
  needs: fc.array(fc.nat(40), { maxLength: 3 }),
  refers: mostly(undefined, 4, fc.record({ to: fc.nat(40), as: fc.constantFrom('note' as const, 'template' as const, 'writes' as const) })),
  when: mostly<When, When>('success', 2, fc.constantFrom('settled', 'any-failed', 'none-failed')),
  priority: mostly<Priority, Priority>('medium', 1, fc.constantFrom('critical', 'high', 'low')),
  weight: mostly(1, 3, fc.integer({ min: 2, max: 5 })),
  pool: mostly(undefined, 2, fc.constantFrom('p', 'q')),
  timeoutMs: mostly(undefined, 2, fc.integer({ min: 1, max: 20 })),
  retry: mostly(undefined, 2, retry),
  fallback: mostly(undefined, 5, fc.constant({ n: -1, paths: ['b'] })),
  touched,
  spread: mostly(undefined, 7, spread),
  mends: fc.boolean(),
  undo: mostly(undefined, 3, fc.record({ timeoutMs: mostly(undefined, 1, fc.integer({ min: 1, max: 20 })) })),
  oddName: mostly(false, 20, fc.constant(true)),
  body,
})
type Node = typeof node extends Arbitrary<infer A> ? A : never

const frame = fc.record({
  concurrency: fc.integer({ min: 1, max: 5 }),
  pools: fc.record({
    p: fc.integer({ min: 1, max: 3 }),
    q: fc.oneof(
      fc.integer({ min: 1, max: 2 }),
      // Times that are whole numbers, so that nothing hangs on how a fraction is rounded.
      fc.record(
        { limit: fc.integer({ min: 1, max: 2 }), perSecond: fc.constantFrom(50, 100, 500), burst: fc.integer({ min: 1, max: 3 }) },
        { requiredKeys: ['perSecond'] },
      ),
    ),
  }),
  retryBudget: mostly(undefined, 4, fc.nat(3)),
  onFailure: fc.constantFrom<OnFailure[]>('continue', 'continue', 'no-new', 'cancel', 'rollback'),
  timeoutMs: mostly(undefined, 6, fc.integer({ min: 5, max: 60 })),
  inferDependencies: mostly(true, 5, fc.constant(false)),
  graceMs: fc.constantFrom(1, 5, 50),
  seed: fc.nat(),
  liveLimit: fc.boolean(),
  /** The place in the list of each operation is by its own key. */
  shuffled: fc.boolean(),
})

const interference: Arbitrary<Interference> = fc.record({
  at: fc.nat(40),
  does: fc.constantFrom<Interference['does'][]>('limit', 'limit', 'abort', 'leave'),
  limit: fc.nat(4),
})

/** Graphs of up to 12 operations mostly, and some of up to 40. */
export const randomRun: Arbitrary<RandomRun> = fc
  .record({
    nodes: fc.oneof(
      { arbitrary: fc.array(node, { minLength: 1, maxLength: 12, size: 'max' }), weight: 24 },
      { arbitrary: fc.array(node, { minLength: 13, maxLength: 40, size: 'max' }), weight: 1 },
    ),
    frame,
    interferences: mostly<readonly Interference[], readonly Interference[]>([], 2, fc.array(interference, { minLength: 1, maxLength: 3 })),
    choices: fc.array(fc.nat(9_999), { maxLength: 80, size: 'max' }),
  })
  .map(({ nodes, frame: { graceMs, seed, liveLimit, shuffled, ...settings }, interferences, choices }) => {
    const ids = nodes.map(({ oddName }, index) => (oddName ? (names[index] ?? `o${index}`) : `o${index}`))
    const made = nodes.map((each, index) => operationOf(each, index, ids, settings))
    const { timeoutMs, inferDependencies, retryBudget, ...limits } = settings
    const operations = shuffled ? made.toSorted((a, b) => place(a.id, seed) - place(b.id, seed)) : made
    return {
      // As a plan comes in: plain data, whatever made it.
      plan: JSON.parse(JSON.stringify({ ...limits, inferDependencies, operations, timeoutMs, retryBudget })) as PlanData,
      bodies: new Map(nodes.map((each, index) => [ids[index]!, each.body])),
      graceMs,
      seed,
      liveLimit,
      interferences,
      choices,
    }
  })

/** Something that looks random and follows from an id and a seed. */
function place(id: string, seed: number): number {
  let hash = seed | 1
  for (const letter of `${id}.`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x9e3779b1) ^ (hash >>> 15)
  return hash
}

function operationOf(
  {
    needs,
    refers,
    touched: touches,
    weight,
    pool,
    retry: again,
    timeoutMs,
    fallback,
    when,
    priority,
    mends,
    spread: parts,
    undo,
    body: script,
  }: Node,
  index: number,
  ids: readonly string[],
  { concurrency, pools }: { readonly concurrency: number; readonly pools: { readonly p: number; readonly q: number | PoolData } },
): OperationData {
  // Whatever it waits for was made before it, so there is no cycle; the list may still have it in any order.
  const dependencies = index === 0 ? [] : [...new Set(needs.map((need) => ids[need % index]!))]
  const source = index === 0 || refers === undefined ? undefined : ids[refers.to % index]
  const most = Math.min(concurrency, pool === 'p' ? pools.p : pool === 'q' ? limitOf(pools.q) : concurrency)
  const size = Math.min(weight, most)
  const params = { ...touches, ...(source !== undefined && refers !== undefined && reference(source, refers.as, when)) }
  const isProgramElsewhere = 'follows' in params && params.follows?.length === 0
  const { follows: _none, ...others } = params
  const given = isProgramElsewhere ? others : params
  return {
    id: ids[index]!,
    type: 'test',
    operation: parts !== undefined ? 'spread' : mends ? 'mend' : 'hold',
    ...(parts !== undefined
      ? { params: parts }
      : script.lingers
        ? { params: { ...given, ignoresAbort: true } }
        : Object.keys(given).length > 0 && { params: given }),
    ...(dependencies.length > 0 && { dependencies }),
    ...(when !== 'success' && { when }),
    ...(priority !== 'medium' && { priority }),
    ...(size > 1 && parts === undefined && { weight: size }),
    ...(pool !== undefined && { pool }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    // A second attempt would add parts of the same names.
    ...(again !== undefined && parts === undefined && { retry: again }),
    ...(fallback !== undefined && { fallback }),
    ...(undo !== undefined && {
      undo: { type: 'test', operation: 'undo', ...(undo.timeoutMs !== undefined && { timeoutMs: undo.timeoutMs }) },
    }),
  }
}

function limitOf(pool: number | PoolData): number {
  return typeof pool === 'number' ? pool : (pool.limit ?? Infinity)
}

/** Any key works on what `test.hold` gives. Where success is not asked for, a reference needs a default. */
function reference(id: string, as: 'note' | 'template' | 'writes', when: When): { readonly [name: string]: unknown } {
  const otherwise = when === 'success' ? {} : { default: as === 'writes' ? ['a'] : 'none' }
  if (as === 'template' && when === 'success') return { note: { $template: `{{${id}.n}} of {{${id}.paths}}` } }
  return as === 'writes' ? { writes: { $ref: `${id}.paths`, ...otherwise } } : { note: { $ref: `${id}.n`, ...otherwise } }
}
