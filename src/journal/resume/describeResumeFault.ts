import { describeFault } from '../../model/fault/describeFault.js'
import { quoteText } from '../../model/fault/quote.js'
import type { ResumeFault } from './resumeFault.js'

const mostListed = 5

/**
 * Says why a run cannot be resumed, and what to do about it.
 *
 * @example
 * ```ts
 * import { describeResumeFault } from 'millrace/node'
 * describeResumeFault({ type: 'finished', runId: 'r1', kind: 'resume' })
 * // => 'The run r1 has nothing left to resume. To do what failed again, use "retry".'
 * ```
 * @since 0.1.0
 */
export function describeResumeFault(fault: ResumeFault): string {
  switch (fault.type) {
    case 'interrupted':
      return `${quoteText(fault.id)} (${fault.name}) was interrupted in attempt ${fault.attempt}, and is not repeatable: nobody knows how far it came.\nLook at what it did. Then do it again with --rerun ${word(fault.id)}, or take it as done with --done ${word(fault.id)}.`
    case 'masked': {
      const lack = fault.because === 'masked' ? 'a secret is hidden in it' : 'it is not whole there'
      return `${quoteText(fault.neededBy)} needs the result of ${quoteText(fault.id)}, which the log does not have: ${lack}. ${quoteText(fault.id)} is not repeatable.\nDo it again with --rerun ${word(fault.id)}, or give its result with --done ${word(fault.id)}=JSON.`
    }
    case 'cleaned-up': {
      const from = fault.from.map((id) => `--from ${word(id)}`).join(' or ')
      return `${quoteText(fault.id)} is a clean-up that has run, and ${listed(fault.again)} before it would be done again: what it cleaned up may be needed.\nStart further back with ${from}, which does everything from there on again, the clean-up too.`
    }
    case 'changed':
      return `${quoteText(fault.id)} has other ${fault.field === 'type' ? 'work to do' : 'params'} than in the run that is resumed.\nDo it again with --rerun ${word(fault.id)}, with all that depends on it with --from ${word(fault.id)}, or keep its result with --done ${word(fault.id)}=JSON.`
    case 'rolled-back':
      return `The run ${fault.runId} was rolled back: there is nothing to resume. To do all of it again, use "retry".`
    case 'unknown-id': {
      const meant = fault.nearest === undefined ? '' : ` Did you mean ${quoteText(fault.nearest)}?`
      return `--${fault.flag}: no operation is called ${quoteText(fault.id)}.${meant}`
    }
    case 'finished':
      return fault.kind === 'resume'
        ? `The run ${fault.runId} has nothing left to resume. To do what failed again, use "retry".`
        : `The run ${fault.runId} has nothing to retry: nothing failed, and nothing was skipped because of a failure.`
    case 'streamed':
      return `The operations of the run ${fault.runId} came as a stream, which no log can give again. Run the stream again.`
    case 'code':
      return `The run ${fault.runId} has operations made in code, which no log can hold.\nResume it from code: readRunState and remaining of millrace/node give RunOptions.known.`
    case 'no-plan':
      return `The plan of the run ${fault.runId} is not known: it came from stdin or from a program.\nName its file with --plan FILE.`
    case 'plan':
      return `The plan cannot run:\n${fault.faults.map(describeFault).join('\n')}`
    case 'damaged':
      return `The log of the run ${fault.runId} is damaged, so nobody can say what it did.\n${fault.message}\nRun the plan again.`
    case 'still-running':
      return `The run ${fault.runId} is still running, in process ${fault.pid}. Wait for it, or end that process first.`
    case 'resumed':
      return `The run ${fault.runId} has been resumed by the run ${fault.by}. Resume that one.`
    case 'earlier-gone':
      return `The run ${fault.runId} resumed the run ${fault.earlier} and was interrupted itself, and the log of ${fault.earlier} is gone.\nRun the plan again.`
    case 'not-kept':
      return `The log of the run ${fault.runId} does not say what its operations were: an earlier version of millrace, or "record", wrote it.\nRun the plan again.`
    case 'unknown-run':
      return `There is no log of a run called ${quoteText(fault.runId)} here. "millrace history" lists the runs that have finished.`
  }
}

/** An id as a word for a shell. */
function word(id: string): string {
  return /^[\w@%+:,./[\]-]+$/.test(id) ? id : `'${id.replaceAll("'", `'\\''`)}'`
}

function listed(ids: readonly string[]): string {
  const shown = ids.slice(0, mostListed).map(quoteText).join(', ')
  return ids.length > mostListed ? `${shown} and ${ids.length - mostListed} more` : shown
}
