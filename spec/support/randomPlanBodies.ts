import { closed } from '../../src/model/codec/closed.js'
import { array } from '../../src/model/codec/collections.js'
import { anyJson, boolean } from '../../src/model/codec/values.js'
import type { OperationRegistry, OperationType } from '../../src/model/operationType.js'
import type { Outcome } from '../../src/model/outcome.js'
import type { RetryPolicy } from '../../src/model/plan.js'
import type { AttemptContext, Work } from '../../src/model/work.js'
import type { HeldOperations } from '../../src/testing/heldOperations.js'
import type { BodyEnd, Entry } from './checkerTranscript.js'
import { planUndoStep } from './checkerUndo.js'
import type { BodyScript } from './randomPlan.js'

/** An undo that goes on until it is ended here. */
export interface HeldUndo {
  readonly id: string
  readonly step: number
  readonly end: (ok: boolean) => void
}

interface Setting {
  readonly held: Pick<HeldOperations, 'operations'>
  readonly bodies: ReadonlyMap<string, BodyScript>
  readonly note: (entry: Entry) => void
  readonly now: () => number
}

interface Part {
  readonly timeoutMs?: number
  readonly retry?: RetryPolicy
  readonly pool?: string
}

/**
 * Operations whose bodies follow a script and write down what they do and see: `test.hold`; `test.mend`, which is the same but says
 * that it knows how to undo itself; `test.spread`, which adds parts while it runs; and `test.undo`, which takes back.
 */
export function scriptedOperations({ held, bodies, note, now }: Setting): {
  readonly registry: OperationRegistry
  readonly undos: HeldUndo[]
  /** Writes down the end of a body; false when it has ended before. */
  readonly settle: (id: string, attempt: number, end: BodyEnd) => boolean
} {
  const undos: HeldUndo[] = []
  const settled = new Set<string>()
  const settle = (id: string, attempt: number, end: BodyEnd): boolean => {
    const body = `${attempt} ${id}`
    if (settled.has(body)) return false
    settled.add(body)
    note({ type: 'body-ended', id, end, now: now() })
    return true
  }
  const hold: OperationType = held.operations.get('test.hold')!
  // A part goes by the script of what it is part of.
  const scriptOf = (id: string): BodyScript => bodies.get(id.replace(/\[\d+\]$/, ''))!

  const undo = (id: string, step: number, how: BodyScript['undo'][number]): PromiseLike<void> => {
    note({ type: 'undo-began', id, step, now: now() })
    const over = (ok: boolean): void => {
      note({ type: 'undo-ended', id, step, ok })
      if (!ok) throw new Error(`undo ${step} of ${id}`)
    }
    switch (how) {
      case 'throws':
        over(false)
        return Promise.resolve()
      case 'done':
      case 'fails':
        return Promise.resolve().then(() => over(how === 'done'))
      case 'hangs':
        return new Promise(() => undefined)
      case 'held':
        return new Promise<boolean>((resolve) => undos.push({ id, step, end: resolve })).then(over)
    }
  }

  const perform = (params: unknown, context: AttemptContext): Work<unknown> => {
    const { id, attempt, signal } = context
    const { undo: undoing, ends, lingers } = scriptOf(id)
    note({ type: 'body-began', id, attempt, params, now: now() })
    undoing.forEach((how, index) => {
      const step = attempt * 10 + index
      note({ type: 'undo-registered', id, step })
      context.onUndo(() => undo(id, step, how))
    })
    switch (ends[Math.min(attempt, ends.length) - 1]!) {
      case 'held':
        signal.addEventListener('abort', () => {
          note({ type: 'body-aborted', id, now: now() })
          if (!lingers) settle(id, attempt, { type: 'obeyed' })
        })
        return hold.perform(params, context)
      case 'gives': {
        const value = { n: attempt, paths: ['a'] }
        note({ type: 'body-ended', id, end: { type: 'gave', value }, now: now() })
        return value
      }
      case 'throws': {
        const error = { type: 'thrown', message: `Error: ${id} threw`, retryable: true }
        note({ type: 'body-ended', id, end: { type: 'threw', error }, now: now() })
        throw new Error(`${id} threw`)
      }
    }
  }

  const spread = async (
    params: { readonly parts: readonly Part[]; readonly oneByOne: boolean },
    context: AttemptContext,
  ): Promise<unknown> => {
    const { id, attempt, signal } = context
    note({ type: 'body-began', id, attempt, params, now: now() })
    signal.addEventListener('abort', () => note({ type: 'body-aborted', id, now: now() }))
    const start = (part: Part, place: number): PromiseLike<Outcome> =>
      context.child({ id: `${id}[${place}]`, perform: (within) => perform({ ignoresAbort: scriptOf(id).lingers }, within), ...part })
    const outcomes: Outcome[] = []
    if (params.oneByOne) for (const [place, part] of params.parts.entries()) outcomes.push(await start(part, place))
    else outcomes.push(...(await Promise.all(params.parts.map(start))))
    const failed = outcomes.some(({ type }) => type !== 'succeeded')
    const value = { n: outcomes.length, paths: ['a'] }
    const error = { type: 'thrown', message: `Error: ${id} threw`, retryable: true }
    note({ type: 'body-ended', id, end: failed ? { type: 'threw', error } : { type: 'gave', value }, now: now() })
    if (failed) throw new Error(`${id} threw`)
    return value
  }

  const spreading: OperationType<Parameters<typeof spread>[0]> = {
    ...hold,
    operation: 'spread',
    coordinates: true,
    // The parts are made by the random plan.
    params: closed('parameters of test.spread', { parts: array(anyJson), oneByOne: boolean }, {}) as unknown as typeof spreading.params,
    effects: () => ({}),
    perform: spread,
  }
  const registry = new Map<string, OperationType>([
    ['test.hold', { ...hold, perform }],
    ['test.mend', { ...hold, operation: 'mend', undoes: true, perform }],
    // The engine gives a type only what its own codec decoded.
    ['test.spread', spreading as unknown as OperationType],
    ['test.undo', { ...hold, operation: 'undo', perform: (_params, { id }) => undo(id, planUndoStep, scriptOf(id).undo[0] ?? 'done') }],
  ])
  return { registry, undos, settle }
}
