import * as E from 'fp-ts/lib/Either.js'
import { isPlainObject, own, setOwn } from '../../model/codec/plainObject.js'
import { nearest } from '../../model/fault/nearest.js'
import { quoteText, showName } from '../../model/fault/quote.js'

/** The plan with inputs as `--set name=value` gives them: text where the default is text, else JSON. The Left says what is wrong. */
export function setInputs(plan: unknown, sets: readonly string[]): E.Either<string, unknown> {
  if (sets.length === 0 || !isPlainObject(plan)) return E.right(plan)
  const defaults = own(plan, 'inputs')
  const inputs = isPlainObject(defaults) ? { ...defaults } : {}
  for (const set of sets) {
    const end = set.indexOf('=')
    if (end < 0) return E.left(`--set ${showName(set)}: expected name=value.`)
    const [name, text] = [set.slice(0, end), set.slice(end + 1)]
    if (!Object.hasOwn(inputs, name)) return E.left(unknownInput(name, Object.keys(inputs)))
    const value = typeof inputs[name] === 'string' ? text : parsed(text)
    if (value === undefined)
      return E.left(
        `--set ${showName(name)}: the value must be JSON, such as 5, true or ["a"], because the default of this input is not text.`,
      )
    setOwn(inputs, name, value)
  }
  return E.right({ ...plan, inputs })
}

function unknownInput(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  const list = known.length === 0 ? 'It has none.' : `It has: ${known.slice(0, 12).map(showName).join(', ')}.`
  return `--set: the plan has no input ${quoteText(name)}. ${near === undefined ? '' : `Did you mean ${quoteText(near)}? `}${list}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
