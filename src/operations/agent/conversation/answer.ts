import { Validator, type Schema } from '@cfworker/json-schema'
import * as E from 'fp-ts/lib/Either.js'
import { parseJson, type JsonProblem } from '../../../model/codec/parseJson.js'

/** The most faults of one answer that its agent is told. */
const mostFaults = 10

/** The data that an answer holds; a `Left` says what keeps it from fitting the schema, a line a fault. */
export function readAnswer(
  schema: Readonly<Record<string, unknown>>,
  text: string,
  redact: (text: string) => string,
): E.Either<string, unknown> {
  const data = jsonIn(text, redact)
  if (data._tag === 'Left') return data
  // Every fault, not only the first: an agent can then mend all of them in one turn.
  const { valid, errors } = new Validator(schema as Schema, '2020-12', false).validate(data.right)
  if (valid) return data
  // The validator reports each level above a fault too; the deepest says what is wrong.
  const deepest = errors.filter(
    (error) => !errors.some((other) => other !== error && other.instanceLocation.startsWith(`${error.instanceLocation}/`)),
  )
  const lines = (deepest.length > 0 ? deepest : errors).map(
    ({ instanceLocation, error }) => `- ${instanceLocation.replace(/^#\/?/, '') || 'the answer'}: ${error}`,
  )
  return E.left([...new Set(lines)].slice(0, mostFaults).join('\n'))
}

/** Models like to put JSON into a fence of Markdown: what stands in the fence is meant then. */
function jsonIn(text: string, redact: (text: string) => string): E.Either<string, unknown> {
  const fenced = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(text)
  return E.mapLeft(({ reason }: JsonProblem) => `- the answer is not JSON: ${reason}`)(parseJson(fenced?.[1] ?? text, redact))
}
