import { OperationFailure, operationErrorOf, type OperationError } from '../../model/operationError.js'

/** Codes of conditions that may have passed at the next attempt. */
const passing: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'EMFILE',
  'ENETDOWN',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_SOCKET',
])

const wordings: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'the name could not be resolved at the moment',
  ECONNREFUSED: 'nothing accepts connections there; is the server running?',
  ECONNRESET: 'the server reset the connection',
  ENOTFOUND: 'no host has this name; check its spelling',
  ETIMEDOUT: 'the server did not respond in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection could be made within 10 seconds',
  UND_ERR_HTTP_PARSER: 'the server there does not speak HTTP',
  UND_ERR_SOCKET: 'the server closed the connection before its response was complete',
}

/** The typed form of what sending a request or reading its answer threw. */
export function networkError(thrown: unknown, where: string): OperationError {
  if (thrown instanceof OperationFailure || !(thrown instanceof Error)) return operationErrorOf(thrown)
  const code = codeOf(thrown)
  if (code === undefined) return operationErrorOf(thrown)
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') {
    const message = `headers: cannot be sent: ${thrown.message}. Names are tokens such as "accept", values are single lines of Latin text.`
    return { type: 'invalid-params', message, retryable: false, at: ['headers'], cause: thrown }
  }
  const message = `${where}: ${wordings[code] ?? thrown.message} (${code}).`
  return { type: 'network', message, retryable: passing.has(code), code, cause: thrown }
}

function codeOf(error: Error): string | undefined {
  if ('code' in error && typeof error.code === 'string') return error.code
  // undici's parser does not always tell what it stumbled on.
  return error.name === 'HTTPParserError' ? 'UND_ERR_HTTP_PARSER' : undefined
}
