import type { Decision } from '../../journal/resume/decision.js'
import type { ResumeKind } from '../../journal/resume/resumeFault.js'
import type { RunState } from '../../journal/resume/runState.js'
import { count } from '../../terminal/text/count.js'
import { visible } from '../../terminal/text/visible.js'

/** A document has all of them. */
const mostShown = 50

/** What a run that resumes another one would do. */
export function dryRunText(kind: ResumeKind, { runId }: RunState, { known, left, added, gone }: Decision, asJson: boolean): string {
  if (asJson)
    return `${JSON.stringify({ [kind === 'resume' ? 'resumes' : 'retries']: runId, reused: [...known.keys()], left, added, gone })}\n`
  const failed = [...known.values()].filter(({ type }) => type === 'failed').length
  const kept = failed === 0 ? '' : `, ${failed} of them as failed`
  return [
    `The run ${runId} has ${count(known.size, 'outcome')} to reuse${kept}.`,
    ...list('To do', left),
    ...list('New in the plan', added),
    ...list('No longer in the plan', gone),
    'Nothing was done.',
    '',
  ].join('\n')
}

function list(title: string, ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return []
  const more = ids.length > mostShown ? [`  … and ${ids.length - mostShown} more`] : []
  return [`${title}: ${ids.length}`, ...ids.slice(0, mostShown).map((id) => `  ${visible(id)}`), ...more]
}
