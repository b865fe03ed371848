import * as E from 'fp-ts/lib/Either.js'
import type { LineCounter } from 'yaml'
import type { PlanFault } from '../model/fault.js'
import { placeAt } from './locateFaults.js'
import type { PlanSource } from './planSource.js'

/** How often the aliases of a YAML plan may expand: enough for plans that share settings, too few to fill the memory. */
const mostAliases = 1_000

/** The data a plan's text stands for. JSON is tried first: it is by far the faster to read; `yaml` is loaded only for what is not JSON. */
export async function parsePlanText(source: PlanSource): Promise<E.Either<readonly PlanFault[], unknown>> {
  if (source.text.trim() === '') return E.left([notReadable(source, 'it is empty.')])
  const json = parseJson(source.text)
  return json === undefined ? parseYaml(source) : E.right(json.value)
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

async function parseYaml(source: PlanSource): Promise<E.Either<readonly PlanFault[], unknown>> {
  const { LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  try {
    const document = parseDocument(source.text, {
      lineCounter: lines,
      logLevel: 'silent',
      prettyErrors: false,
      // Tags would make dates, sets and bytes: a plan holds what JSON can hold.
      resolveKnownTags: false,
      schema: 'core',
      stringKeys: true,
      uniqueKeys: true,
    })
    const problems = [...document.errors, ...document.warnings]
    if (problems.length > 0) return E.left(problems.map(({ message, pos }) => unreadable(message, source, lines, pos[0])))
    return E.right(document.toJS({ maxAliasCount: mostAliases }) as unknown)
  } catch (error) {
    if (error instanceof RangeError) return E.left([notReadable(source, 'it is nested too deeply.')])
    if (error instanceof ReferenceError)
      return E.left([notReadable(source, `its aliases expand more than ${mostAliases} times, or into themselves.`)])
    throw error
  }
}

function unreadable(message: string, source: PlanSource, lines: LineCounter, offset: number): PlanFault {
  return { type: 'not-readable', at: [], reason: message.endsWith('.') ? message : `${message}.`, place: placeAt(lines, source, offset) }
}

/** A plan that cannot be read at all, and why. */
export function notReadable({ file }: Pick<PlanSource, 'file'>, reason: string): PlanFault {
  return { type: 'not-readable', at: [], reason, place: { file, line: 1, column: 1 } }
}
