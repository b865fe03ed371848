import * as E from 'fp-ts/lib/Either.js'
import type { PreparedResume } from '../../journal/resume/prepareResume.js'
import type { TraceContext } from '../../model/text/traceIds.js'
import { traceOfProcess } from '../../operations/trace.js'
import { endLeftPrograms } from '../../operations/group/endLeftPrograms.js'
import { rising } from '../asking/rising.js'
import { unconfirmed } from '../confirm/confirmed.js'
import { operationsToConfirm } from '../confirm/operationsToConfirm.js'
import { planNotes } from '../foreseen/planNotes.js'
import { operationsOf } from '../calls/operationsOf.js'
import type { CompiledCall } from '../calls/compileCall.js'
import { defaultWaitMs } from '../calls/callOptions.js'
import { batchAnswer } from '../answers/batchAnswer.js'
import { planAnswer } from '../answers/planAnswer.js'
import { refusal, refusalOf } from '../answers/refusal.js'
import { resumeAnswer } from '../answers/resumeAnswer.js'
import { newBatchId } from '../batches/batchId.js'
import type { ServedBatch } from '../batches/batch.js'
import { notTakenOver, takenUp } from '../resume/takenUp.js'
import { waitFor } from '../batches/waitFor.js'
import type { Host } from '../host.js'
import type { ServedCall } from '../call.js'
import type { ToolAnswer } from '../answers/toolAnswer.js'

/** Runs a call that is without a fault: to its end, or for as long as the caller waits. */
export async function runCall(compiledCall: CompiledCall, host: Host, given: ServedCall): Promise<ToolAnswer> {
  const { compiled, options, earlier, notes } = compiledCall
  const { dryRun = false, waitMs = defaultWaitMs } = options
  const maxAnswerTokens = options.maxAnswerTokens ?? host.maxAnswerTokens
  const wish = { as: options.as, maxAnswerTokens, notes }
  const prepare = async () => earlier && (await takenUp(host.roots[0], earlier, compiled))
  const foreseen = await prepare()
  if (foreseen?._tag === 'Left') return refusal(foreseen.left, options.as)
  // What is taken over from an earlier batch is not done again.
  const toConfirm = operationsToConfirm(compiled, host.confirm).filter(({ id }) => foreseen?.right.decision.known.has(id) !== true)
  if (dryRun) {
    const about = { toConfirm: toConfirm.map(({ id }) => id), canAsk: given.ask !== undefined }
    return earlier === undefined || foreseen === undefined
      ? planAnswer(compiled, host.roots, { ...wish, ...about, about: planNotes(compiled, host.reasonAgainst) })
      : resumeAnswer(earlier.kind, earlier.batchId, foreseen.right.decision, { ...wish, ...about })
  }
  const call = rising(given)
  const refused = await unconfirmed(compiled, toConfirm, call, options.as)
  if (refused !== undefined) return refused
  // While the user was asked, another call may have gone on with the same batch.
  const prepared = toConfirm.length === 0 ? foreseen : await prepare()
  if (prepared?._tag === 'Left') return refusal(prepared.left, options.as)
  const { batches, waiting } = host.limits
  if (host.running() >= batches + waiting) return tooMany(batches, waiting)
  const start = (): ServedBatch => startBatch(compiledCall, prepared?.right, call.trace ?? traceOfProcess(), host)
  // Somebody else may have taken the earlier batch over a moment ago.
  const started = earlier === undefined ? E.right(start()) : E.tryCatch(start, (error) => ({ error, earlier }))
  if (started._tag === 'Left') {
    const { error, earlier: lost } = started.left
    return refusal(await notTakenOver(host.roots[0], lost.batchId, error), options.as)
  }
  const batch = started.right
  switch (await waitFor(batch, waitMs, call)) {
    case 'finished':
      return batchAnswer(batch, wish)
    case 'running':
      host.leave(batch)
      return batchAnswer(batch, wish)
    case 'gone':
      batch.cancel('the caller cancelled the call, or went away')
      await batch.done
      return batchAnswer(batch, wish)
  }
}

function startBatch(
  { plan, compiled, options, questions }: CompiledCall,
  prepared: PreparedResume | undefined,
  trace: TraceContext | undefined,
  host: Host,
): ServedBatch {
  return host.start(
    {
      id: newBatchId(),
      plan,
      takesUp: prepared && { known: prepared.decision.known, endLeft: () => endLeftPrograms(prepared.programs) },
      name: compiled.name,
      operations: operationsOf(compiled, plan),
      returns: options.returns,
      onFailure: compiled.onFailure,
      maxAnswerTokens: options.maxAnswerTokens ?? host.maxAnswerTokens,
      trace,
      questions,
    },
    { compiled, tracked: options.config?.trackPerformance ?? true, resumes: prepared?.resumes, traceparent: trace?.traceparent },
  )
}

function tooMany(running: number, waiting: number): ToolAnswer {
  const message = `${running} batches are running and ${waiting} are waiting, which is the most this server accepts.\nWait for one with batch_status, or stop one with batch_cancel.`
  return refusalOf({ at: '', type: 'too-many-batches', message })
}
