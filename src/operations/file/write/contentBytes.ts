import type * as t from 'io-ts'
import { OperationFailure } from '../../../model/operationError.js'
import { anyJson } from '../../../model/codec/values.js'
import { described } from '../../../model/codec/described.js'
import { Encoding } from '../params.js'

export const content = described(anyJson, 'Text. Any other JSON value is written as JSON with two spaces and a final newline.')
export const encoding = described(Encoding, 'The encoding of the text. Default utf8.')

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/

/** The bytes that a content stands for. */
export function contentBytes(value: unknown, encodedAs: t.TypeOf<typeof Encoding> = 'utf8'): Buffer {
  if (encodedAs === 'base64') {
    if (typeof value !== 'string') throw invalidContent(`content is ${kindOfJson(value)}, but encoding: base64 asks for text.`)
    const compact = value.replaceAll(/\s/g, '')
    if (!base64.test(compact)) throw invalidContent('content is not base64. Encode it, or leave encoding out to write it as text.')
    return Buffer.from(compact, 'base64')
  }
  return Buffer.from(typeof value === 'string' ? value : `${JSON.stringify(value, undefined, 2)}\n`)
}

function invalidContent(message: string): OperationFailure {
  return new OperationFailure({ type: 'invalid-params', message, retryable: false, at: ['content'] })
}

function kindOfJson(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
