import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { anyJson, array, closed, integer, text } from '../../../src/codec.js'
import { seededRandom } from '../../../src/engine/time/random.js'
import { operationRegistry, type AnyOperationType, type OperationRegistry } from '../../../src/model/operationType.js'

export const size = 400

interface Noted {
  readonly id: string
  readonly of: readonly number[]
  readonly pauseMs: number
}

/** Operations that note in a file what they did, and give the sum of what they are given, and one. */
export function notingOperations(root: string): OperationRegistry {
  const file = join(root, 'effects')
  const noting = (operation: string, repeatable: boolean): AnyOperationType => ({
    type: 'note',
    operation,
    summary: 'Notes that it was done.',
    params: closed(`the params of note.${operation}`, { id: text(), of: array(integer()), pauseMs: integer() }, {}),
    result: closed('the result of note', { sum: integer() }, { more: anyJson }),
    repeatable: () => repeatable,
    effects: () => ({}),
    async perform({ id, of, pauseMs }: Noted) {
      if (pauseMs % 2 === 0) await delay(pauseMs)
      appendFileSync(file, `${id}\n`)
      if (pauseMs % 3 === 0) await delay(pauseMs)
      return { sum: sumOf(of) }
    },
  })
  return operationRegistry([noting('safe', true), noting('once', false)])
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => (sum + value) % 1_000_003, 1)

export interface NotedPlan {
  readonly concurrency: number
  readonly operations: readonly {
    readonly id: string
    readonly type: string
    readonly operation: 'safe' | 'once'
    readonly params: { readonly [name: string]: unknown }
  }[]
}

/** A plan of operations that refer to earlier ones at random, and what each of them comes to. */
export function notedPlan(seed: number): { readonly plan: NotedPlan; readonly sums: ReadonlyMap<string, number> } {
  const random = seededRandom(seed)
  const below = (most: number): number => Math.floor(random() * most)
  const sums = new Map<string, number>()
  const operations = Array.from({ length: size }, (_, index) => {
    const id = `op${index}`
    const sources = [...new Set(Array.from({ length: index === 0 ? 0 : below(4) }, () => `op${Math.max(0, index - 1 - below(40))}`))]
    sums.set(id, sumOf(sources.map((source) => sums.get(source)!)))
    const of = sources.map((source) => ({ $ref: `${source}.sum` }))
    return { id, type: 'note', operation: below(2) === 0 ? ('safe' as const) : ('once' as const), params: { id, of, pauseMs: below(5) } }
  })
  return { plan: { concurrency: 8, operations }, sums }
}

/** How often each operation was done. */
export function effectsIn(root: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const id of linesOf(join(root, 'effects'))) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(0, -1)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
