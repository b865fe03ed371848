import * as E from 'fp-ts/lib/Either.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import { nearest } from '../../model/fault/nearest.js'
import type { CompiledOperation, CompiledPlan } from '../../model/graph.js'
import { isNonEmpty } from '../../model/isNonEmpty.js'
import type { Known, KnownOutcome } from '../../model/known.js'
import { changedField } from './changedField.js'
import { cleanUpFaults } from './cleanUps.js'
import { givenFaults } from './givenResults.js'
import { itemVerdicts } from './items.js'
import { graphWays, type GraphWays } from './graphWays.js'
import type { ResumeChoices } from './resumeChoices.js'
import type { ResumeFault, ResumeKind } from './resumeFault.js'
import type { RunState } from './runState.js'
import { spread } from './spread.js'
import { verdictOf, type ResumeVerdict } from './verdict.js'

/** What a run that resumes another one takes over, and what it does. */
export interface Decision {
  readonly known: Known
  /** Ids of the operations that run, or whose condition is judged again, in the order of the plan. */
  readonly left: readonly string[]
  /** Those of them that the plan did not have. */
  readonly added: readonly string[]
  /** Operations of the earlier run that the plan has no more. */
  readonly gone: readonly string[]
}

/**
 * Decides for each operation of a plan what a run that resumes an earlier one does with it. A `Left` has every reason why it cannot be
 * resumed like this. Takes time in proportion to the operations and edges of the plan.
 */
export function decide(
  { onFailure, graph }: CompiledPlan,
  state: RunState,
  kind: ResumeKind,
  choices: ResumeChoices = {},
): E.Either<NonEmptyArray<ResumeFault>, Decision> {
  const { runId, about } = state
  if (about === undefined || about.operations.some(({ exact }) => exact === undefined)) return E.left([{ type: 'not-kept', runId }])
  if (kind === 'resume' && isRolledBack(state, onFailure)) return E.left([{ type: 'rolled-back', runId }])
  const { operations } = graph
  const ways = graphWays(graph)
  const indexOf = new Map(operations.map(({ id }, index) => [id, index]))
  const unknown = unknownIds(choices, indexOf, state)
  if (isNonEmpty(unknown)) return E.left(unknown)

  const faults: ResumeFault[] = []
  const chosen = chosenOf(operations.length, choices, { state, indexOf, ways })
  const verdicts = operations.map(
    (operation, index): ResumeVerdict => chosen(index, operation.id) ?? verdictOf(operation, state.operations.get(operation.id), kind),
  )
  const kept = new Map(about.operations.map((operation) => [operation.id, operation]))
  const refuseChanged = (operation: CompiledOperation, index: number): void => {
    const verdict = verdicts[index]!
    const before = verdict.type === 'known' && !verdict.given ? kept.get(operation.id) : undefined
    const field = before && changedField(operation, before)
    if (field !== undefined) faults.push({ type: 'changed', id: operation.id, field })
  }
  operations.forEach((operation, index) => {
    const verdict = verdicts[index]!
    if (verdict.type === 'interrupted')
      faults.push({ type: 'interrupted', id: operation.id, name: operation.name, attempt: verdict.attempt })
    // Whether a service is started again is known only below.
    if (operation.service !== true) refuseChanged(operation, index)
  })
  faults.push(...spread(graph, ways, verdicts))
  for (const index of graph.services) refuseChanged(operations[index]!, index)
  faults.push(...givenFaults(graph, verdicts))
  const items = itemVerdicts(graph, state, kind, choices, verdicts, kept)
  faults.push(...items.faults)
  faults.push(...cleanUpFaults(graph, ways, state, verdicts))
  if (isNonEmpty(faults)) return E.left(faults)

  const known = new Map<string, KnownOutcome>(items.known)
  const left: string[] = []
  operations.forEach(({ id }, index) => {
    const verdict = verdicts[index]!
    if (verdict.type === 'known') known.set(id, verdict.outcome)
    else if (verdict.type !== 'as-it-was') left.push(id)
  })
  // One that was killed behind its last operation goes on too: its log gets an end, and it is not taken for interrupted any more.
  const goesOn = left.length > 0 || !state.finished || verdicts.some((verdict) => verdict.type === 'known' && verdict.given === true)
  if (!goesOn) return E.left([{ type: 'finished', runId, kind }])
  const added = left.filter((id) => !kept.has(id))
  const gone = about.operations.flatMap(({ id }) => (indexOf.has(id) ? [] : [id]))
  return E.right({ known, left, added, gone })
}

/** Also when it was killed between its failure and the first undo. */
function isRolledBack({ operations, finished }: RunState, onFailure: CompiledPlan['onFailure']): boolean {
  for (const { type } of operations.values())
    if (type === 'undone' || (type === 'failed' && onFailure === 'rollback' && !finished)) return true
  return false
}

interface ChoicePlaces {
  readonly state: RunState
  readonly indexOf: ReadonlyMap<string, number>
  readonly ways: GraphWays
}

/** What was chosen for an operation, if anything: `done` stands before `rerun` and `from`. */
function chosenOf(
  count: number,
  { rerun = [], done = {}, from = [] }: ResumeChoices,
  { state, indexOf, ways }: ChoicePlaces,
): (index: number, id: string) => ResumeVerdict | undefined {
  const again = new Uint8Array(count)
  // Those of which an item was chosen: the other items go by their own states.
  const partly = new Set<string>()
  if (rerun === 'all') again.fill(1)
  else
    for (const id of rerun) {
      const index = indexOf.get(id)
      if (index !== undefined) again[index] = 1
      else partly.add(state.operations.get(id)?.parent ?? id)
    }
  const starts = from.flatMap((id) => indexOf.get(id) ?? [])
  for (const index of starts) again[index] = 1
  for (const index of ways.behind(starts)) again[index] = 1
  return (index, id) => {
    if (Object.hasOwn(done, id)) return { type: 'known', given: true, outcome: { type: 'succeeded', value: done[id], from: state.runId } }
    if (again[index] === 1) return { type: 'again', chosen: true }
    return partly.has(id) ? { type: 'again' } : undefined
  }
}

function unknownIds(
  { rerun = [], done = {}, from = [] }: ResumeChoices,
  indexOf: ReadonlyMap<string, number>,
  { operations }: RunState,
): ResumeFault[] {
  const isItem = (id: string): boolean => operations.get(id)?.parent !== undefined
  const missing = (flag: 'rerun' | 'done' | 'from', ids: readonly string[]): readonly ResumeFault[] =>
    ids.flatMap((id): readonly ResumeFault[] => {
      if (indexOf.has(id) || (flag !== 'from' && isItem(id))) return []
      const near = nearest(id, indexOf.keys())
      return [{ type: 'unknown-id', id, flag, ...(near !== undefined && { nearest: near }) }]
    })
  return [...missing('rerun', rerun === 'all' ? [] : rerun), ...missing('done', Object.keys(done)), ...missing('from', from)]
}
