import * as E from 'fp-ts/lib/Either.js'
import type { PlanFault } from '../../model/fault/fault.js'
import { quoteText } from '../../model/fault/quote.js'
import { planLimits } from '../../model/limits.js'
import { jsonComment } from './jsonComment.js'
import { notReadableAt, notReadableAtEach } from './locateFaults.js'
import { repeatedKeys, type RepeatedKey } from './repeatedKeys.js'
import type { PlanSource } from './planSource.js'
import { tooLargeIn } from './tooLargeIn.js'

/** The data of a plan's text, and whether that is JSON. */
export interface ParsedText {
  readonly value: unknown
  readonly isJson: boolean
}

/**
 * The data a plan's text stands for. JSON is tried first: it is by far the faster to read; `yaml` is loaded only for what is not JSON.
 *
 * Text that is neither JSON nor YAML gets the faults of YAML, which can begin with a bracket too, unless the file name says JSON or the text
 * has comments, which JSON does not allow.
 */
export async function parsePlanText(source: PlanSource): Promise<E.Either<readonly PlanFault[], ParsedText>> {
  const { text, file } = source
  if (text.trim() === '') return E.left([notReadableAt(source, 0, 'it is empty.')])
  // YAML of this length is not read, so brackets can only be those of JSON.
  const tooLarge = text.length > planLimits.yamlBytes ? tooLargeIn(source) : undefined
  if (tooLarge !== undefined) return E.left([tooLarge])
  const json = parseJson(text)
  if (json._tag === 'Right') {
    const repeated = repeatedKeys(text, json.right)
    return repeated.length === 0 ? E.right({ value: json.right, isJson: true }) : E.left(repeatedFaults(repeated, source))
  }
  const comment = jsonComment(text)
  if (comment !== undefined)
    return E.left([
      notReadableAt(source, comment, 'JSON has no comments.\nRemove it, or write the plan in YAML, where # begins a comment.'),
    ])
  const isNamedJson = /\.json$/i.test(file)
  const bytes = Buffer.byteLength(text)
  if (bytes > planLimits.yamlBytes) {
    if (isNamedJson || /^\s*[{[]/.test(text))
      return E.left(jsonFaults(json.left, source) ?? [{ type: 'not-readable', at: [], reason: `${file}: ${json.left.message}.` }])
    return E.left([{ type: 'too-large', at: [], what: 'YAML bytes', limit: planLimits.yamlBytes, actual: bytes }])
  }
  const { parseYaml } = await import('./parseYaml.js')
  const yaml = parseYaml(source)
  if (yaml._tag === 'Right') return E.right({ value: yaml.right, isJson: false })
  return E.left((isNamedJson ? jsonFaults(json.left, source) : undefined) ?? yaml.left)
}

function repeatedFaults(repeated: readonly RepeatedKey[], source: PlanSource): readonly PlanFault[] {
  return notReadableAtEach(
    source,
    repeated.map(({ key, offset }) => ({ offset, reason: `the key ${quoteText(key)} appears twice in one object.\nKeep one of them.` })),
  )
}

function parseJson(text: string): E.Either<SyntaxError, unknown> {
  try {
    return E.right(JSON.parse(text) as unknown)
  } catch (error) {
    if (error instanceof SyntaxError) return E.left(error)
    throw error
  }
}

/** The fault in broken JSON, if the engine says where it is: to its author, what YAML makes of it would mean nothing. */
function jsonFaults({ message }: SyntaxError, source: PlanSource): readonly PlanFault[] | undefined {
  const told = /^(.*) in JSON at position (\d+)/s.exec(message)
  return told === null ? undefined : [notReadableAt(source, Number(told[2]), `${told[1]!}.`)]
}
