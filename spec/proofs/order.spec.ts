// @limit 1200
import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import type { TerminalEvent } from '../../src/model/event.js'
import { notYetKnown } from '../../src/model/effects.js'
import { isTerminal } from '../../src/model/isTerminal.js'
import type { OperationType } from '../../src/model/operationType.js'
import { heldOperations } from '../../src/testing/heldOperations.js'
import { change, filesRun, inOrder, look, type Came, type Deed, type Files, type FilesRun } from '../support/randomPlanFiles.js'
import { graphs, holds } from '../support/randomPlanRuns.js'

const test = suite('the outcome, in any order of completion')

test('equals the list run in order, one at a time, for whatever effects are declared', () =>
  holds(filesRun, Math.ceil(graphs / 4), (run) => Promise.resolve(differences(run))))

test('would not without the edges that effects ask for', () => {
  const unordered = (run: FilesRun): FilesRun => ({ ...run, plan: { ...run.plan, inferDependencies: false } })
  const different = fc.sample(filesRun, { numRuns: 200, seed: 1 }).filter((run) => differences(unordered(run)).length > 0)
  assert.ok(different.length > 20, `only ${different.length} of 200 came out differently`)
})

test.run()

/** What came out differently than in the order of the list. */
function differences(run: FilesRun): readonly string[] {
  const files: Files = new Map()
  const { came, order } = inAnyOrder(run, files)
  const expected: Files = new Map()
  const broken = [...inOrder({ ...run.plan, inferDependencies: true }, expected)].flatMap(([id, end]) =>
    isDeepStrictEqual(came.get(id), end) ? [] : [`"${id}" came to ${JSON.stringify(came.get(id))}, and in order to ${JSON.stringify(end)}`],
  )
  const [left, right] = [files, expected].map((each) => JSON.stringify([...each].sort(([a], [b]) => (a < b ? -1 : 1))))
  if (left !== right) broken.push(`it leaves ${left}, and in order ${right}`)
  return broken.length === 0 ? [] : [...broken, `plan: ${JSON.stringify(run.plan)}`, `order: ${order.join(', ')}`]
}

/** Runs the plan, ending its bodies in the order the choices say; each looks at the files and changes them at its own pace. */
function inAnyOrder(
  { plan, paces, choices }: FilesRun,
  files: Files,
): { readonly came: Map<string, Came>; readonly order: readonly string[] } {
  const held = heldOperations()
  const hold: OperationType = held.operations.get('test.hold')!
  const ends = new Map<string, () => unknown>()
  const perform: OperationType['perform'] = (params, context) => {
    const { id } = context
    const deed = (params as { readonly note: Deed }).note // As the random plan gives it.
    const pace = paces.get(id)
    if (pace === 'at once') {
      const given = change(files, id, deed, look(files, deed))
      ends.set(id, () => given)
    } else if (pace === 'at its end') ends.set(id, () => change(files, id, deed, look(files, deed)))
    else {
      const seen = look(files, deed)
      ends.set(id, () => change(files, id, deed, seen))
    }
    return hold.perform(params, context)
  }
  const came = new Map<string, Came>()
  const order: string[] = []
  const looking: OperationType = { ...hold, readOnly: looksOnly, perform }
  runBatch({ ...plan }, { operations: new Map([['test.hold', looking]]) }).subscribe((event) => {
    order.push(`${event.type} ${'id' in event ? event.id : ''}`)
    if (isTerminal(event)) came.set(event.id, endOf(event))
  })
  for (let step = 0; held.running().length > 0; step++) {
    const running = held.running()
    const id = running[(choices[step] ?? 0) % running.length]!
    try {
      held.succeed(id, ends.get(id)!())
    } catch (error) {
      held.fail(id, { message: String(error), retryable: false })
    }
  }
  return { came, order }
}

/** Equal reads with no write between share one execution: the outcome has to be the same. */
function looksOnly(params: unknown): boolean {
  const { note } = params as { readonly note: Deed | typeof notYetKnown } // As the random plan gives it.
  return note !== notYetKnown && (note.does === 'read' || note.does === 'list')
}

function endOf(event: TerminalEvent): Came {
  switch (event.type) {
    case 'operation-succeeded':
      return { type: 'succeeded', value: event.value }
    case 'operation-skipped':
      return { type: event.reason }
    case 'operation-failed':
      return { type: 'failed' }
    case 'operation-cancelled':
      return { type: 'cancelled' }
  }
}
