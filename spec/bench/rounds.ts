import { availableParallelism } from 'node:os'
import { ask } from './ask.js'
import type { Case } from './cases.js'
import { isPeer } from './contenders.js'
import { findingOf, type Finding, type Measured } from './finding.js'
import { refusals } from './refuse.js'
import type { Holding, Sample } from './sample.js'
import { operationsOf } from './task.js'

export interface RoundSettings {
  readonly rounds: number
  /** A process that takes longer is ended, and its contender left out of the case; `limitUs` more for each operation. */
  readonly limitMs: number
  readonly limitUs: number
  /** A peer that took longer is not run again: one measurement has to do. */
  readonly onceMs: number
  /** A case begins no further round once it has taken so long. */
  readonly caseMs: number
}

/** Measures one case: in each round every contender once, each in a fresh process, in an order that turns from round to round. */
export async function measureCase(one: Case, settings: RoundSettings): Promise<Finding> {
  const { name, contenders, task, holdings, flags, besides = [] } = one
  const { rounds } = settings
  const begun = performance.now()
  const states = contenders.map((contender) => {
    const samples: (Sample | undefined)[] = []
    return { contender, samples, refused: undefined as string | undefined, bytes: undefined as number | undefined, slow: false }
  })
  const limitMs = settings.limitMs + (operationsOf(task) * settings.limitUs) / 1_000
  for (let round = 0; round < rounds && performance.now() - begun < settings.caseMs; round++) {
    const turned = [...states.slice(round % states.length), ...states.slice(0, round % states.length)]
    for (const state of turned) {
      if (state.refused !== undefined || state.slow) continue
      const answer = await ask<Sample>({ task, contender: state.contender, what: 'sample' }, flags, limitMs)
      if (typeof answer === 'string') state.refused = answer
      else {
        const [reason] = refusals(answer, availableParallelism())
        state.slow = isPeer(state.contender) && answer.wallMs > settings.onceMs
        if (reason === undefined) state.samples[round] = answer
        else state.refused = reason
      }
    }
  }
  for (const state of states) {
    if (state.refused !== undefined || !holdings.includes(state.contender)) continue
    const answer = await ask<Holding>({ task, contender: state.contender, what: 'holding' }, flags, limitMs)
    if (typeof answer !== 'string') state.bytes = answer.bytesPerOperation
  }
  const measured = states.map(({ contender, samples, refused, bytes }): Measured => {
    return { contender, samples: Array.from({ length: rounds }, (_, round) => samples[round]), bytesPerOperation: bytes, refused }
  })
  return findingOf(name, task, measured, besides)
}
