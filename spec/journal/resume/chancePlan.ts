import fc, { type Arbitrary } from 'fast-check'
import { anyJson, boolean, closed, integer } from '../../../src/codec.js'
import { operationRegistry, type AnyOperationType, type OperationRegistry } from '../../../src/model/operationType.js'

interface Params {
  readonly value: number
  /** What of other operations it is made of. */
  readonly of?: unknown
  /** Turns of the loop that it takes. */
  readonly turns: number
  /** Attempts that fail; more than it has fail all. */
  readonly fails: number
  /** Gives what JSON cannot hold. */
  readonly odd: boolean
}

/** Operations whose outcome depends on their params alone, and which may be done twice. `performed` is told of each attempt. */
export function chanceOperations(performed: (id: string) => void): OperationRegistry {
  const give: AnyOperationType = {
    type: 'chance',
    operation: 'give',
    summary: 'Gives a value, or fails.',
    params: closed('the params of chance.give', { value: integer(), turns: integer(), fails: integer(), odd: boolean }, { of: anyJson }),
    result: anyJson,
    repeatable: () => true,
    effects: () => ({}),
    async perform({ value, of, turns, fails, odd }: Params, { id, attempt }: { readonly id: string; readonly attempt: number }) {
      performed(id)
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
      if (attempt <= fails) throw new Error(`${id} fails with ${value}`)
      const sum = value + sizeOf(of)
      return { sum, list: Array.from({ length: sum % 4 }, (_, place) => place), ...(odd && { map: new Map([[sum, sum]]) }) }
    },
  }
  return operationRegistry([give])
}

/** A Map that was read back from a log is an empty object: it has another size. */
function sizeOf(of: unknown): number {
  if (of instanceof Map) return 100 + of.size
  if (typeof of === 'number') return of
  if (typeof of === 'object' && of !== null && 'error' in of) return 5 // Whose cause is read back as what a log can hold of it.
  return typeof of === 'object' && of !== null ? Object.values(of).reduce((sum: number, one) => sum + sizeOf(one), 1) : 7
}

const whens = ['success', 'settled', 'any-failed', 'none-failed'] as const

const one = fc.record({
  value: fc.nat(9),
  turns: fc.nat(3),
  fails: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: 1, max: 3 }) }),
  odd: fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  attempts: fc.integer({ min: 1, max: 2 }),
  when: fc.oneof({ weight: 5, arbitrary: fc.constant('success' as const) }, { weight: 2, arbitrary: fc.constantFrom(...whens) }),
  after: fc.array(fc.nat(1_000), { maxLength: 2 }),
  needs: fc.option(fc.nat(1_000), { nil: undefined, freq: 3 }),
  each: fc.option(fc.record({ of: fc.nat(1_000), listed: fc.boolean(), settle: fc.boolean() }), { nil: undefined, freq: 5 }),
  only: fc.option(fc.record({ of: fc.nat(1_000), is: fc.nat(12) }), { nil: undefined, freq: 8 }),
  fallback: fc.option(fc.constant({ sum: 50, list: [1] }), { nil: undefined, freq: 6 }),
})

/** A plan whose outcome does not depend on the order in which its operations end. */
export const chancePlan: Arbitrary<{
  readonly concurrency: number
  readonly operations: readonly { readonly id: string; readonly each?: unknown }[]
}> = fc.record({
  concurrency: fc.integer({ min: 1, max: 4 }),
  operations: fc.array(one, { minLength: 1, maxLength: 14, size: 'max' }).map((all) => {
    // Of a fan-out the value is a list, of which no leaf can be referred to by its name.
    const isEach = (index: number): boolean => all[index]!.each !== undefined
    return all.map(({ value, turns, fails, odd, attempts, when, after, needs, each, only, fallback }, index) => {
      const earlier = (chosen: number): number => chosen % index
      const oddAt = (source: number): boolean => all[source]!.odd && all[source]!.fallback === undefined
      const leaf = (source: number): string => `op${source}${isEach(source) ? '' : oddAt(source) ? '.map' : '.sum'}`
      const source = index === 0 || needs === undefined ? undefined : earlier(needs)
      const listed = each === undefined || index === 0 || each.listed || when !== 'success' || isEach(earlier(each.of))
      const list = listed ? undefined : earlier(each.of)
      const condition = index === 0 || only === undefined || isEach(earlier(only.of)) ? undefined : earlier(only.of)
      const of = source === undefined ? {} : { of: { $ref: leaf(source), ...(when !== 'success' && { default: 3 }) } }
      return {
        id: `op${index}`,
        type: 'chance',
        operation: 'give',
        params: { value: each === undefined ? value : { $item: '' }, turns, fails, odd, ...of },
        when,
        retry: { attempts, delayMs: 0 },
        ...(index > 0 && after.length > 0 && { dependencies: [...new Set(after.map((chosen) => `op${earlier(chosen)}`))] }),
        ...(each !== undefined && {
          each: list === undefined ? [4, 5, 6] : { $ref: `op${list}.list` },
          settle: each.settle,
        }),
        ...(condition !== undefined && { if: { $ref: `op${condition}.sum`, is: only!.is, ...(when !== 'success' && { default: 0 }) } }),
        ...(fallback !== undefined && each === undefined && { fallback }),
      }
    })
  }),
})
