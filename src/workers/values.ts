import { readsBack } from '../journal/log/readsBack.js'
import { OperationFailure, type OperationError } from '../model/operationError.js'

/** Most bytes of the params or the result of an operation that travels to a worker or from it, as JSON. */
export const mostValueBytes = 1_048_576

/** A value as JSON text. Throws the typed failure of one that JSON would change, or that is too large to travel. */
export function travelling(value: unknown, what: 'params' | 'result'): string {
  if (!readsBack(value)) throw new OperationFailure(changed(what))
  const text = JSON.stringify(value) ?? '' // Nothing at all is left out of what it stands in.
  // No text has fewer bytes than characters.
  const bytes = text.length > mostValueBytes ? text.length : Buffer.byteLength(text)
  if (bytes > mostValueBytes) throw new OperationFailure(tooLarge(what, bytes))
  return text
}

function tooLarge(what: string, bytes: number): OperationError {
  const message = `The ${what} of this operation would be ${bytes.toLocaleString('en-US')} bytes as JSON; at most 1 MiB can be sent to a worker and back.\nWrite it to a file that both can reach and pass its path, or perform the operation here.`
  return { type: 'too-large', message, retryable: false, limitBytes: mostValueBytes }
}

function changed(what: string): OperationError {
  const message = `The ${what} of this operation contain something that JSON cannot represent, such as a Map, a class or undefined in a list.\nPerform the operation here, or give its type a codec that writes it as JSON.`
  return { type: 'queue', message, retryable: false }
}
