import {
  CLIENT_CAPABILITIES_META_KEY,
  inputRequired,
  inputResponse,
  SdkError,
  SdkErrorCode,
  type ClientCapabilities,
  type ElicitRequestFormParams,
  type InputRequiredResult,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { notInTime, type RoundEnd } from '../asking/suspendedCalls.js'
import type { ClientQuestion, ClientReply, ServedCall } from '../call.js'

/** How a client can be asked: by a result that its next request answers, as in the newest revision, or by a request to it, as before. */
export function waysToAsk({ mcpReq }: ServerContext, declared: ClientCapabilities | undefined): 'by-result' | 'by-request' | undefined {
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {}
  const modern = envelope[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined // Checked before any handler is called.
  const { elicitation } = modern ?? declared ?? {}
  // Before there were modes a client said no more than that it can be asked.
  if (elicitation === undefined || (elicitation.form === undefined && Object.keys(elicitation).length > 0)) return undefined
  return modern === undefined ? 'by-request' : 'by-result'
}

const key = 'answer'

/** A question as the result of a call, with what tells the call in the request that answers it. */
export function askingResult({ question, handle }: Extract<RoundEnd, { type: 'asks' }>): InputRequiredResult {
  return inputRequired({ inputRequests: { [key]: inputRequired.elicit(formOf(question)) }, requestState: handle })
}

/** The answer in a request that goes on with a call. */
export function replyIn({ mcpReq }: ServerContext): ClientReply {
  const response = inputResponse(mcpReq.inputResponses, key)
  return response.kind === 'elicit'
    ? replyOf(response.action, response.content)
    : { type: 'unanswered', reason: 'the client did not ask it' }
}

/** Asks by a request to the client, within its call. */
export function askWithin({ mcpReq }: ServerContext, gone: AbortSignal, limitMs: number): Required<ServedCall>['ask'] {
  return async (question, signal) => {
    const stop = signal === undefined ? gone : AbortSignal.any([gone, signal])
    try {
      // Not by the package's own function for it, which loads a validator of 150 KB for a form of one text.
      const params = { mode: 'form' as const, ...formOf(question) }
      const { action, content } = await mcpReq.send({ method: 'elicitation/create', params }, { signal: stop, timeout: limitMs })
      return replyOf(action, content)
    } catch (error) {
      // Whatever the reason, nobody has answered: the call goes on from there.
      return { type: 'unanswered', reason: stop.aborted ? 'it is no longer needed' : reasonOf(error, limitMs) }
    }
  }
}

function reasonOf(error: unknown, limitMs: number): string {
  if (error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout) return notInTime(limitMs)
  return `the client said: ${error instanceof Error ? error.message : String(error)}`
}

/** Consent is given by accepting the question itself; a text has the only field there is. */
function formOf({ message, wants }: ClientQuestion): ElicitRequestFormParams {
  const text = { answer: { type: 'string' as const, title: 'Your answer' } }
  return {
    message,
    requestedSchema: { type: 'object', properties: wants === 'text' ? text : {}, ...(wants === 'text' && { required: ['answer'] }) },
  }
}

function replyOf(action: string, content: Readonly<Record<string, unknown>> | undefined): ClientReply {
  switch (action) {
    case 'accept': {
      const text = content?.['answer']
      return { type: 'accepted', text: typeof text === 'string' ? text : '' }
    }
    case 'decline':
      return { type: 'declined' }
    default:
      return { type: 'unanswered', reason: 'the question was closed' }
  }
}
