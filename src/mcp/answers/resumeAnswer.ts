import type { Decision } from '../../journal/resume/decision.js'
import type { ResumeKind } from '../../journal/resume/resumeFault.js'
import type { AnswerWish } from './batchAnswer.js'
import { compactJson } from './form/compactJson.js'
import { confirmText, fewNames, readAsMeant, type ConfirmWish } from './headline.js'
import { answer, type ToolAnswer } from './toolAnswer.js'

/** What a dry run tells of a batch that would go on with another one. Nothing has been done. */
export function resumeAnswer(
  kind: ResumeKind,
  batchId: string,
  { known, left, added, gone }: Decision,
  { as, notes = [], toConfirm, canAsk }: AnswerWish & ConfirmWish,
): ToolAnswer {
  const facts = {
    status: 'planned',
    [kind]: batchId,
    reused: [...known.keys()],
    left,
    added,
    gone,
    ...(toConfirm.length > 0 && { toConfirm, canAsk }),
  }
  if (as === 'json') return answer(compactJson(facts), facts)
  const lists = [
    ['To do', left],
    ['Of these new in the plan', added],
    ['No longer in the plan', gone],
  ] as const
  const text = [
    `It can go on; nothing was done. ${known.size} taken over, ${left.length} to do.${confirmText({ toConfirm, canAsk })}${readAsMeant(notes)}`,
    ...lists.flatMap(([title, ids]) => (ids.length === 0 ? [] : [`${title}: ${fewNames(ids)}`])),
  ].join('\n')
  return answer(text, facts)
}
