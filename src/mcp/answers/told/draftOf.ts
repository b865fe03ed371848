import { isPlainObject, own } from '../../../model/codec/plainObject.js'
import type { OperationError } from '../../../model/operationError.js'
import { valueBlock, type AnswerBlock } from '../form/block.js'
import { jsonBody, textBody } from '../form/body.js'
import { showPath } from '../form/label.js'
import type { AnswerDraft } from '../layout/arrange.js'
import { fitText } from '../../size/fitText.js'
import { askedPath } from './path.js'
import type { ToldEntry, ToldValue } from './toldBatch.js'
import { traitsAt } from './toldOf.js'
import { withoutBinary } from './unshown.js'

type Failed = Extract<ToldEntry, { readonly type: 'failed' }>
type Stopped = Extract<ToldEntry, { readonly type: 'stopped' }>

/** What is told as the lines and texts of an answer. `isId` knows the operations of the batch, so that no path can mean two things. */
export function draftOf(
  entries: readonly ToldEntry[],
  { batchId, head, isId }: Pick<AnswerDraft, 'batchId' | 'head'> & { readonly isId: (id: string) => boolean },
): AnswerDraft {
  const values = entries.flatMap((entry) => {
    if (entry.type === 'value') return [toldBlock(entry, isId)]
    return entry.type === 'same' ? [{ block: sameBlock(entry.id, entry.as), unshown: [] }] : []
  })
  return {
    ...(head !== undefined && { head }),
    batchId,
    failures: entries.flatMap((entry) => (entry.type === 'failed' ? [failureBlock(entry)] : [])),
    stopped: stoppedLines(entries.filter((entry) => entry.type === 'stopped')),
    values: values.map(({ block }) => block),
    asked: new Map(),
    unshown: values.flatMap(({ unshown }) => unshown),
  }
}

/** More than this many tokens of a message do not stand on the line that says what failed. */
export const mostMessageTokens = 250

export function failureBlock({ id, error, attempts, detached }: Failed): AnswerBlock {
  const { line, whole } = shortMessage(error)
  const tries = attempts > 1 ? ` after ${attempts} attempts` : ''
  const bodies = [
    ...(whole ? [] : [textBody(`${id}.message`, error.message)]),
    ...streamsOf(error).map(([key, text]) => textBody(`${id}.${key}`, text, { output: true })),
    ...(error.type === 'agent-error' && error.conversation !== undefined ? [jsonBody(`${id}.conversation`, error.conversation)] : []),
  ]
  const told = `${showPath(id)} failed${tries}: ${line}${detached ? ' (its work is possibly still running)' : ''}`
  return { path: id, lines: [told], bodies, naming: false }
}

/** The first line of a message, and whether it is all of it. */
export function shortMessage({ message }: OperationError): { readonly line: string; readonly whole: boolean } {
  const [first = ''] = message.split(/[\n\v\f\r\u0085\u2028\u2029]/, 1)
  const { text, whole } = fitText(first, mostMessageTokens)
  return { line: whole ? text : `${text}…`, whole: whole && first.length === message.length }
}

/** What the last attempt wrote before it failed. */
export function streamsOf(error: OperationError): readonly (readonly [key: 'stdout' | 'stderr', text: string])[] {
  return (['stdout', 'stderr'] as const).flatMap((key) => {
    const text = own(error, key)
    return typeof text === 'string' && text !== '' ? [[key, text] as const] : []
  })
}

/** One line for all that have the same reason; more ids than this many tokens hold are counted. */
const mostIdTokens = 250

export function stoppedLines(entries: readonly Stopped[]): readonly string[] {
  const groups = new Map<string, string[]>()
  for (const { id, outcome, reason } of entries) {
    const key = `${outcome}: ${reason.replace(/[\n\v\f\r\u0085\u2028\u2029]+/g, ' ')}`
    const ids = groups.get(key)
    if (ids === undefined) groups.set(key, [id])
    else ids.push(id)
  }
  return [...groups].map(([key, ids]) => `${fewIds(ids)} ${key}`)
}

function fewIds(ids: readonly string[]): string {
  const all = ids.map(showPath)
  const { text, whole } = fitText(all.join(', '), mostIdTokens)
  if (whole) return text
  const shown = Math.max(1, text.split(', ').length - 1)
  return `${all.slice(0, shown).join(', ')} and ${ids.length - shown} more`
}

function sameBlock(path: string, as: string): AnswerBlock {
  return { path, lines: [`${showPath(path)}: the same as ${showPath(as)}`], bodies: [], naming: false }
}

export function toldBlock(
  { path, id, keys, value, attempts, recoveredFrom, operation }: ToldValue,
  isId: (id: string) => boolean,
): { readonly block: AnswerBlock; readonly unshown: readonly string[] } {
  const notes = [
    ...(attempts > 1 && recoveredFrom === undefined ? [`after ${attempts} attempts`] : []),
    ...(recoveredFrom === undefined ? [] : [`by its fallback: ${shortMessage(recoveredFrom).line}`]),
  ]
  const note = notes.length === 0 || keys.length > 0 ? undefined : notes.join(', ')
  if (value === undefined || value === null)
    return { block: { path, lines: [`${showPath(path)} ${note ?? 'null'}`], bodies: [], naming: false }, unshown: [] }
  // A path was asked for by itself: then it is shown whatever it is.
  const shown = keys.length > 0 ? { value, unshown: [] } : withoutBinary(path, value, operation)
  const block = valueBlock(path, shown.value, {
    ...(note !== undefined && { note }),
    traits: traitsAt(operation, keys),
    traitsOf: (key) => traitsAt(operation, [...keys, key]),
    leads(at) {
      const asked = askedPath(at, isId)
      return asked?.id === id && asked.range === undefined && asked.keys.length === keys.length + 1
    },
  })
  const lines = [...(isNothing(shown.value, shown.unshown.length) ? [] : block.lines), ...shown.unshown.map(({ line }) => line)]
  return {
    block: shown.unshown.length === 0 ? block : { ...block, lines, naming: false },
    unshown: shown.unshown.map(({ path: at }) => at),
  }
}

function isNothing(value: unknown, unshown: number): boolean {
  return unshown > 0 && isPlainObject(value) && Object.keys(value).length === 0
}
