import { isPlainObject, own } from '../../model/codec/plainObject.js'
import { isSecretField } from '../../model/secrets/secretFields.js'

/** What a plan says of an operation in its own words: what the compiler makes of it cannot be shown. */
export interface WrittenOperation {
  /** `which.stdout is "full"`. */
  readonly condition?: string
  /** `port 3000 accepts connections`. */
  readonly readyWhen?: string
}

type Inputs = { readonly [name: string]: unknown }

/** The operations of an accepted plan in its own words, in its order. */
export function writtenOperations(plan: unknown): readonly WrittenOperation[] {
  const inputs = writtenInputs(plan) ?? {}
  const operations: unknown = Array.isArray(plan) ? plan : isPlainObject(plan) ? own(plan, 'operations') : []
  return (operations as readonly unknown[]).map((operation) => {
    if (!isPlainObject(operation)) return {}
    const [condition, ready] = [own(operation, 'if'), own(operation, 'ready')]
    return {
      ...(isPlainObject(condition) && { condition: conditionWords(condition) }),
      ...(isPlainObject(ready) && { readyWhen: readyWords(ready, inputs) }),
    }
  })
}

/** The inputs of a plan with the values they have in this run; of those with a secret name only that they are there. */
export function writtenInputs(plan: unknown): Inputs | undefined {
  const inputs = isPlainObject(plan) ? own(plan, 'inputs') : undefined
  if (!isPlainObject(inputs)) return undefined
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, isSecretField(name) ? '[secret]' : value]))
}

function conditionWords(condition: object): string {
  const name = subjectWords(condition)
  if (Object.hasOwn(condition, 'is')) return `${name} is ${valueWords(own(condition, 'is'))}`
  if (Object.hasOwn(condition, 'not')) return `${name} is not ${valueWords(own(condition, 'not'))}`
  const choices = own(condition, 'in')
  return `${name} is one of ${(Array.isArray(choices) ? choices : []).map(valueWords).join(', ')}`
}

function subjectWords(marker: object): string {
  const [reference, input] = [own(marker, '$ref'), own(marker, '$input')]
  if (typeof input === 'string') return `the input ${input}`
  return Array.isArray(reference) ? reference.join('.') : String(reference)
}

function readyWords(ready: object, inputs: Inputs): string {
  const [line, port, url] = ['line', 'port', 'url'].map((way) => filledIn(own(ready, way), inputs))
  if (line !== undefined) return `it writes a line with ${valueWords(line)}`
  return port === undefined ? `${typeof url === 'string' ? url : valueWords(url)} answers` : `port ${valueWords(port)} accepts connections`
}

/** A value with the inputs in it, where it has some. */
function filledIn(value: unknown, inputs: Inputs): unknown {
  if (!isPlainObject(value)) return value
  const [input, template] = [own(value, '$input'), own(value, '$template')]
  if (typeof input === 'string' && Object.hasOwn(inputs, input)) return inputs[input]
  if (typeof template !== 'string') return value
  return template.replace(/\{\{\$input\.([^}]+)\}\}/g, (whole, name: string) => {
    const given = Object.hasOwn(inputs, name) ? inputs[name] : whole
    return typeof given === 'string' ? given : JSON.stringify(given)
  })
}

/** A value as people read it: JSON, or what a reference stands for. */
function valueWords(value: unknown): string {
  const isMarker = isPlainObject(value) && (Object.hasOwn(value, '$ref') || Object.hasOwn(value, '$input'))
  return isMarker ? subjectWords(value) : JSON.stringify(value)
}
