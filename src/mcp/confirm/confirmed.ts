import type { CompiledPlan } from '../../model/graph.js'
import { compactJson } from '../answers/form/compactJson.js'
import { answer, type AnswerForm, type ToolAnswer } from '../answers/toolAnswer.js'
import type { ClientReply, ServedCall } from '../call.js'
import { confirmLines, mostListed } from './confirmLines.js'
import type { OperationToConfirm } from './operationsToConfirm.js'

/** How often a client hears that its user is being asked: some give up on a call that says nothing for a minute. */
const heartbeatMs = 5_000

/** Asks the user once for all operations that need it. The answer that nothing was run where they do not agree; undefined where they do. */
export async function unconfirmed(
  { graph }: CompiledPlan,
  operations: readonly OperationToConfirm[],
  { ask, onProgress }: ServedCall,
  as: AnswerForm = 'text',
): Promise<ToolAnswer | undefined> {
  if (operations.length === 0) return undefined
  if (ask === undefined) return needsConfirmation(operations, 'cannot-ask', as)
  const total = graph.operations.length
  const waits = { progress: 0, total, message: 'the user is asked to confirm' }
  const beat = onProgress && setInterval(() => onProgress(waits), heartbeatMs)
  try {
    const reply = await ask({ message: questionOf(operations, total), wants: 'consent' })
    return reply.type === 'accepted' ? undefined : needsConfirmation(operations, reply, as)
  } finally {
    clearInterval(beat)
  }
}

function questionOf(operations: readonly OperationToConfirm[], total: number): string {
  const these = operations.length === 1 ? 'This one has' : `These ${operations.length} have`
  return [
    `A batch of ${total === 1 ? '1 operation' : `${total} operations`} is about to run. ${these} to be confirmed:`,
    ...confirmLines(operations, '- '),
    'Accept runs the whole batch; otherwise nothing runs.',
  ].join('\n')
}

/** Whoever wrote the plan wanted it: there is no owner's rule to obey. */
const ofPlan = [
  'The plan has "confirm" on these operations, and this client cannot ask its user (it does not support elicitation).',
  'Ask the user in the conversation. If they agree, send the plan again without "confirm".',
] as const

type Reason = 'cannot-ask' | Exclude<ClientReply, { type: 'accepted' }>

function needsConfirmation(operations: readonly OperationToConfirm[], reason: Reason, as: AnswerForm): ToolAnswer {
  const [why, wayOut] = reason === 'cannot-ask' && operations.every(({ byPlan }) => byPlan) ? ofPlan : reasonText(reason)
  const facts = {
    status: 'needs-confirmation',
    reason: reason === 'cannot-ask' ? reason : reason.type,
    message: `${why} ${wayOut}`,
    operations: operations.slice(0, mostListed),
    ...(operations.length > mostListed && { omitted: operations.length - mostListed }),
  }
  const text = [`Needs confirmation; nothing was done. ${why}`, ...confirmLines(operations), wayOut].join('\n')
  return answer(as === 'json' ? compactJson(facts) : text, facts, { isError: true })
}

function reasonText(reason: Reason): readonly [why: string, wayOut: string] {
  if (reason === 'cannot-ask')
    return [
      'The owner of this server requires the user to confirm these operations, and this client cannot ask (it does not support elicitation).',
      'Leave them out and run the rest, or ask the user to do them. The owner decides with --confirm which operations need it.',
    ]
  return reason.type === 'declined'
    ? [
        'The user was asked and declined.',
        'Do not send these operations again without asking. Ask the user what they want instead, or leave them out.',
      ]
    : [`The user was asked and did not answer: ${reason.reason}.`, 'Ask the user whether they are ready, then send the call again.']
}
