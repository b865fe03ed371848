import { describeFault } from '../../model/fault/describeFault.js'
import { quoteText } from '../../model/fault/quote.js'
import type { ResumeFault } from './resumeFault.js'
import { resumeWords, type ResumeCaller } from './resumeWords.js'

const mostListed = 5

/**
 * Describes why a run cannot be resumed and how to fix it, in the terms of the caller: options of {@link remaining} by default, flags of
 * the command line, or fields of the server's tools. `more` is added to commands, such as ` --root site`.
 *
 * @example
 * ```ts
 * import { describeResumeFault } from 'millrace/node'
 * describeResumeFault({ type: 'finished', runId: 'r1', kind: 'resume' })
 * // => 'The run r1 has nothing left to resume. To run what failed again, use "retry".'
 * ```
 * @since 0.1.0
 */
export function describeResumeFault(fault: ResumeFault, caller: ResumeCaller = 'code', more = ''): string {
  const words = resumeWords[caller]
  switch (fault.type) {
    case 'interrupted':
      return `${quoteText(fault.id)} (${fault.name}) was interrupted in attempt ${fault.attempt}. It is not repeatable, and its effect is unknown.\nCheck what it did. Then run it again with ${words.rerun(fault.id)}, or mark it as done with ${words.done(fault.id)}.`
    case 'masked': {
      const lack = fault.because === 'masked' ? 'it contains a hidden secret' : 'it is incomplete there'
      return `${quoteText(fault.neededBy)} needs the result of ${quoteText(fault.id)}, which the log does not have: ${lack}. ${quoteText(fault.id)} is not repeatable.\nRun it again with ${words.rerun(fault.id)}, or give its result with ${words.doneWith(fault.id)}.`
    }
    case 'cleaned-up':
      return `${quoteText(fault.id)} is a clean-up that has already run, and ${listed(fault.again)} before it would run again, perhaps without what it removed.\nStart further back with ${fault.from.map(words.from).join(' or ')}, which runs everything from there on again, the clean-up included.`
    case 'changed':
      return `${quoteText(fault.id)} has ${fault.field === 'type' ? 'a different type' : 'different params'} than in the run that is resumed.\nRun it again with ${words.rerun(fault.id)}, run it and all its dependents again with ${words.from(fault.id)}, or keep its result with ${words.doneWith(fault.id)}.`
    case 'wrong-result':
      return `The result given for ${quoteText(fault.id)} is not valid: ${fault.reason}.\nGive another one with ${words.doneWith(fault.id)}, or run it again with ${words.rerun(fault.id)}.`
    case 'rolled-back':
      return `${words.run} ${fault.runId} was rolled back: there is nothing to resume. To run all of it again, ${words.otherKind('retry', fault.runId, more)}.`
    case 'unknown-id': {
      const meant = fault.nearest === undefined ? '' : ` Did you mean ${quoteText(fault.nearest)}?`
      return `${words.choice(fault.flag)}: no operation is called ${quoteText(fault.id)}.${meant}`
    }
    case 'finished':
      return fault.kind === 'resume'
        ? `${words.run} ${fault.runId} has nothing left to resume. To run what failed again, ${words.otherKind('retry', fault.runId, more)}.`
        : `${words.run} ${fault.runId} has nothing to retry: none of its operations failed or was skipped because of a failure.`
    case 'streamed':
      return `The operations of the run ${fault.runId} came as a stream, which a log does not store. Run the stream again.`
    case 'code':
      return `The run ${fault.runId} has operations made in code, which a log does not store.\nResume it from code: readRunState and remaining of millrace/node give RunOptions.known.`
    case 'no-plan':
      return `The plan of ${words.run.toLowerCase()} ${fault.runId} is not known: ${words.noPlan}`
    case 'plan':
      return `The plan cannot run:\n${fault.faults.map(describeFault).join('\n')}`
    case 'damaged':
      return `The log of the run ${fault.runId} is damaged, and what the run did is unknown.\n${fault.message}\nRun the plan again.`
    case 'still-running':
      return `${words.run} ${fault.runId} is still running${words.running(fault.runId, fault.pid)}`
    case 'resumed':
      return `${words.run} ${fault.runId} was already resumed by ${words.run.toLowerCase()} ${fault.by}. Resume that one.`
    case 'earlier-gone':
      return `The run ${fault.runId} resumed the run ${fault.earlier} and was interrupted itself, and the log of ${fault.earlier} is gone.\nRun the plan again.`
    case 'not-kept':
      return `The log of the run ${fault.runId} does not say what its operations were: an earlier version of millrace, or "record", wrote it.\nRun the plan again.`
    case 'unknown-run':
      return `There is no log of ${words.run === 'The batch' ? 'a batch' : 'a run'} called ${quoteText(fault.runId)} here.${words.unknownRun}`
  }
}

function listed(ids: readonly string[]): string {
  const shown = ids.slice(0, mostListed).map(quoteText).join(', ')
  return ids.length > mostListed ? `${shown} and ${ids.length - mostListed} more` : shown
}
