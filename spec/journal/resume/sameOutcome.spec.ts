import { readFileSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runCompiled } from '../../../src/engine/runCompiled.js'
import { compilePlan } from '../../../src/graph/compilePlan.js'
import { fileJournal } from '../../../src/journal/fileJournal.js'
import { decodeLog } from '../../../src/journal/log/decodeLog.js'
import { prepareResume } from '../../../src/journal/resume/prepareResume.js'
import { readRunState } from '../../../src/journal/resume/readRunState.js'
import type { BatchEvent, TerminalEvent } from '../../../src/model/event.js'
import type { CompiledPlan } from '../../../src/model/graph.js'
import { isTerminal } from '../../../src/model/isTerminal.js'
import { tempTree } from '../../support/tempTree.js'
import { chanceOperations, chancePlan } from './chancePlan.js'

const test = suite('outcome of a run that resumes another one')

/** How the operations of the plan ended, as a log has it. Of items the whole has the values, which comes alone where it is reused. */
function outcomes(events: readonly BatchEvent[]): readonly string[] {
  return events
    .filter(isTerminal)
    .filter(({ parent }) => parent === undefined)
    .map((event) => `${event.id}: ${JSON.stringify(outcomeOf(event), asLogged)}`)
    .sort()
}

const asLogged = (_: string, value: unknown): unknown => (value instanceof Error ? { name: value.name, message: value.message } : value)

function outcomeOf(event: TerminalEvent): unknown {
  switch (event.type) {
    case 'operation-succeeded':
      return { value: event.value }
    case 'operation-failed':
      return { failed: event.error.message }
    case 'operation-skipped':
      // Of a whole that is reused the items are not told again: it is the reason itself.
      return { skipped: event.reason, because: [...new Set(event.because.map((id) => id.replace(/\[\d+\]$/, '')))].sort() }
    case 'operation-cancelled':
      return { cancelled: event.cause }
  }
}

/** Runs of one plan in one folder, each of which may be cut as a kill would cut it. */
class Runs {
  readonly root = tempTree({})
  readonly performed: string[] = []
  readonly compiled: CompiledPlan

  constructor(plan: unknown) {
    const made = compilePlan(
      plan,
      chanceOperations((id) => this.performed.push(id)),
    )
    if (made._tag === 'Left') throw new Error(JSON.stringify(made.left))
    this.compiled = made.right
  }

  folder(runId: string): string {
    return join(this.root, '.millrace', 'runs', runId)
  }

  async first(runId: string): Promise<readonly BatchEvent[]> {
    const journal = fileJournal({ root: this.root })
    return lastValueFrom(runCompiled(this.compiled, { journal, runId }).pipe(toArray()))
  }

  /** Cuts the log of a run at a share of its bytes, and gives what is left of it. */
  cut(runId: string, share: number): readonly BatchEvent[] {
    const log = join(this.folder(runId), 'events.ndjson')
    const bytes = readFileSync(log)
    truncateSync(log, Math.floor(bytes.length * share))
    return decodeLog(readFileSync(log)).events
  }

  /** Goes on with a run, by what its faults say where it has any; undefined when nothing is left to do. */
  async resume(earlier: string, runId: string): Promise<{ readonly events: readonly BatchEvent[]; readonly from: boolean } | undefined> {
    const state = await readRunState(this.folder(earlier))
    if (state._tag === 'Left') throw new Error(JSON.stringify(state.left))
    let prepared = prepareResume(this.compiled, state.right, 'resume')
    let from: readonly string[] = []
    if (prepared._tag === 'Left' && prepared.left.some(({ type }) => type === 'cleaned-up')) {
      from = prepared.left.flatMap((fault) => (fault.type === 'cleaned-up' ? fault.from : []))
      prepared = prepareResume(this.compiled, state.right, 'resume', { from })
    }
    if (prepared._tag === 'Left') {
      if (prepared.left[0].type === 'finished') return undefined
      throw new Error(JSON.stringify(prepared.left))
    }
    const { known } = prepared.right.decision
    const journal = fileJournal({ root: this.root, resumes: { run: state.right, known } })
    this.performed.length = 0
    const events = await lastValueFrom(runCompiled(this.compiled, { journal, runId, known }).pipe(toArray()))
    return { events, from: from.length > 0 }
  }
}

/** Ids of what is done for good. Of an item only where the plan has the list: one that is made again makes its items again. */
const whole = (events: readonly BatchEvent[], listed: ReadonlySet<string>): readonly string[] =>
  events.flatMap((event) => {
    if (event.type !== 'operation-succeeded' || event.lossy === true) return []
    return event.parent === undefined || listed.has(event.parent) ? [event.id] : []
  })

const share = fc.nat(999).map((parts) => parts / 1_000)

test('equals that of a run that was not interrupted, and so after any number of interruptions', () =>
  fc.assert(
    fc.asyncProperty(chancePlan, fc.array(share, { minLength: 1, maxLength: 3 }), async (plan, cuts) => {
      const runs = new Runs(plan)
      try {
        let last = await runs.first('r0')
        const expected = outcomes(last)
        const listed = new Set(plan.operations.flatMap(({ id, each }) => (Array.isArray(each) ? [id] : [])))
        const acknowledged = new Set<string>()
        let again = false
        for (const [round, at] of cuts.entries()) {
          for (const id of whole(runs.cut(`r${round}`, at), listed)) acknowledged.add(id)
          const resumed = await runs.resume(`r${round}`, `r${round + 1}`)
          if (resumed === undefined) return
          last = resumed.events
          assert.equal(outcomes(last), expected)
          // From there on what was acknowledged has been done again, and may be so once more.
          again ||= resumed.from
          if (!again) assert.equal(runs.performed.filter((id) => acknowledged.has(id)), []) // prettier-ignore
        }
      } finally {
        rmSync(runs.root, { recursive: true, force: true, maxRetries: 10 })
      }
    }),
    { numRuns: 100, seed: 1, includeErrorInReport: true },
  ))

test.run()
