import { factsOf, type Blame, type Facts } from './checkerFacts.js'
import { seeBody } from './checkerBodies.js'
import { seeQuiet, seeOver } from './checkerQuiet.js'
import { seeTold } from './checkerTold.js'
import { seeUndo } from './checkerUndo.js'
import type { Entry, PlanData } from './checkerTranscript.js'

/**
 * Judges a run from its plan and from what happened, and lists every promise that was broken.
 *
 * It goes through the transcript once, keeps what is known so far, and holds each entry against it: a model of a run that is
 * as slow and as plain as can be, and shares no code with the engine. `byPromises`: the engine hears the end of a body a turn after it.
 */
export function check(plan: PlanData, transcript: readonly Entry[], graceMs: number, byPromises = false): readonly string[] {
  const facts = factsOf(plan, graceMs, byPromises)
  const found: string[] = []
  transcript.forEach((entry, place) => {
    const blame: Blame = (what) => found.push(`${what} [entry ${place}]`)
    see(facts, entry, blame)
  })
  return found
}

function see(facts: Facts, entry: Entry, blame: Blame): void {
  if ('now' in entry) facts.now = entry.now
  else if (entry.type === 'told') facts.now = entry.event.at
  switch (entry.type) {
    case 'told':
      return seeTold(facts, entry.event, blame)
    case 'body-began':
    case 'body-aborted':
    case 'body-ended':
      return seeBody(facts, entry, blame)
    case 'undo-registered':
    case 'undo-began':
    case 'undo-ended':
      return seeUndo(facts, entry, blame)
    case 'limit':
      facts.limit = entry.limit
      return
    case 'signal':
      // A stop replaces another only if it stops more; once the run is finishing there is nothing to stop.
      if (facts.stop?.type !== 'run-timeout' && facts.stop?.type !== 'signal' && !facts.finishing) {
        facts.stop = { type: 'signal', message: entry.message }
        facts.signalAt = facts.now
      }
      return
    case 'left':
      facts.left = true
      return
    case 'quiet':
      return seeQuiet(facts, entry.now, blame)
    case 'over':
      return seeOver(facts, entry, blame)
  }
}
