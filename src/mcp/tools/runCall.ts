import { operationsOf } from '../calls/operationsOf.js'
import type { CompiledCall } from '../calls/compileCall.js'
import { defaultWaitMs } from '../calls/callOptions.js'
import { batchAnswer } from '../answers/batchAnswer.js'
import { planAnswer } from '../answers/planAnswer.js'
import { refusalOf } from '../answers/refusal.js'
import { newBatchId } from '../batches/batchId.js'
import { waitFor } from '../batches/waitFor.js'
import type { Host } from '../host.js'
import type { ServedCall } from '../call.js'
import type { ToolAnswer } from '../answers/toolAnswer.js'

/** Runs a call that is without a fault: to its end, or for as long as the caller waits. */
export async function runCall({ plan, compiled, options, notes }: CompiledCall, host: Host, call: ServedCall): Promise<ToolAnswer> {
  const { dryRun = false, waitMs = defaultWaitMs } = options
  const maxAnswerTokens = options.maxAnswerTokens ?? host.maxAnswerTokens
  const wish = { as: options.as, maxAnswerTokens, notes }
  if (dryRun) return planAnswer(compiled, host.roots, wish)
  const { batches, waiting } = host.limits
  if (host.running() >= batches + waiting) return tooMany(batches, waiting)
  const batch = host.start(
    {
      id: newBatchId(),
      plan,
      name: compiled.name,
      operations: operationsOf(compiled, plan),
      returns: options.returns,
      onFailure: compiled.onFailure,
      maxAnswerTokens,
    },
    { compiled, tracked: options.config?.trackPerformance ?? true },
  )
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

function tooMany(running: number, waiting: number): ToolAnswer {
  const message = `${running} batches are running and ${waiting} wait in line, which is the most this server takes.\nWait for one with batch_status, or stop one with batch_cancel.`
  return refusalOf({ at: '', type: 'too-many-batches', message })
}
