import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { parseJson } from '../../model/codec/parseJson.js'
import { OperationFailure } from '../../model/operationError.js'
import type { RequestParams } from './requestParams.js'

/** The value of a body: as asked for, or by its content type. */
export function bodyValue(
  bytes: Buffer,
  contentType: string,
  as: NonNullable<RequestParams['as']>,
  where: string,
  redact: (text: string) => string,
): unknown {
  const kind = as === 'auto' ? kindOf(contentType, bytes) : as
  switch (kind) {
    case 'base64':
      return bytes.toString('base64')
    case 'text':
      return textOf(bytes, contentType)
    case 'json':
      return bytes.length === 0 ? null : parsed(textOf(bytes, contentType), where, redact)
  }
}

function kindOf(contentType: string, bytes: Buffer): 'text' | 'json' | 'base64' {
  const [mediaType = '', ...settings] = contentType.toLowerCase().split(';')
  const type = mediaType.trim()
  if (type === '') return isUtf8(bytes) ? 'text' : 'base64'
  if (type === 'application/json' || type === 'text/json' || type.endsWith('+json')) return 'json'
  const isText = type.startsWith('text/') || textTypes.has(type) || type.endsWith('+xml') || type.endsWith('+yaml')
  return isText || settings.some((setting) => setting.trim().startsWith('charset=')) ? 'text' : 'base64'
}

const textTypes: ReadonlySet<string> = new Set([
  'application/xml',
  'application/javascript',
  'application/yaml',
  'application/toml',
  'application/sql',
  'application/graphql',
  'application/x-ndjson',
  'application/jsonl',
  'application/x-www-form-urlencoded',
])

function textOf(bytes: Buffer, contentType: string): string {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  return decoderFor(charset).decode(bytes)
}

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset)
  } catch {
    // A charset nobody knows: UTF-8 is what most such texts are, and shows the rest as replacement characters.
    return new TextDecoder()
  }
}

function parsed(text: string, where: string, redact: (text: string) => string): unknown {
  const value = parseJson(text, redact)
  if (value._tag === 'Right') return value.right
  const { reason, cause } = value.left
  const message = `${where}: the response is not valid JSON: ${reason}. Set as: "text" to see it.`
  throw new OperationFailure({ type: 'network', message, retryable: false, code: 'INVALID_JSON', cause })
}
