import { isPlainObject, own } from '../../model/codec/plainObject.js'
import { valueAt } from '../../graph/params/resultPath.js'

/**
 * Why a stream of a result must not be passed on: it was not text, or went to a file.
 *
 * Looked for all along the keys: where programs ran for each item of a list, their results stand in one.
 */
export function unfitStream(result: unknown, keys: readonly (string | number)[]): string | undefined {
  for (const [place, key] of keys.entries()) {
    const holder = valueAt(result, keys.slice(0, place))
    if (!isPlainObject(holder) || (key !== 'stdout' && key !== 'stderr')) continue
    const [notText, stdoutTo] = [own(holder, 'notText'), own(holder, 'stdoutTo')]
    if (Array.isArray(notText) && notText.includes(key)) return `${key} was not UTF-8, and is damaged as text.\n${wayOut[key]}`
    if (key === 'stdout' && typeof stdoutTo === 'string')
      return `stdout was written to ${JSON.stringify(stdoutTo)}.\nRefer to its path (stdoutTo), or read the file.`
  }
  return undefined
}

const wayOut = {
  stdout: 'Run the program with as: "base64", or with stdoutTo and a path.',
  stderr: 'Have the program write it to a file.',
} as const
