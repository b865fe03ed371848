import * as E from 'fp-ts/lib/Either.js'
import type { PlanFault } from '../../model/fault/fault.js'
import { notReadableAt } from './locateFaults.js'
import type { PlanSource } from './planSource.js'

/**
 * The data a plan's text stands for. JSON is tried first: it is by far the faster to read; `yaml` is loaded only for what is not JSON.
 *
 * Text that is neither is told of as YAML, which may begin with a bracket too, unless its file says that it is JSON.
 */
export async function parsePlanText(source: PlanSource): Promise<E.Either<readonly PlanFault[], unknown>> {
  if (source.text.trim() === '') return E.left([notReadableAt(source, 0, 'it is empty.')])
  const json = parseJson(source.text)
  if (json._tag === 'Right') return json
  const { parseYaml } = await import('./parseYaml.js')
  const yaml = parseYaml(source)
  return yaml._tag === 'Left' && /\.json$/i.test(source.file) ? E.left(jsonFaults(json.left, source) ?? yaml.left) : yaml
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
