import { isDeepStrictEqual } from 'node:util'
import type { Blame, Facts, OperationFacts } from './checkerFacts.js'

/** Values passed between operations arrive as they were given: references are followed by hand and compared. */
export function judgeParams(facts: Facts, { understood: { id, data } }: OperationFacts, params: unknown, blame: Blame): void {
  const expected = followed(facts, data.params ?? {})
  if (!isDeepStrictEqual(params, expected)) blame(`"${id}" was given ${JSON.stringify(params)}, not ${JSON.stringify(expected)}`)
}

function followed(facts: Facts, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((member) => followed(facts, member))
  if (typeof value !== 'object' || value === null) return value
  if ('$ref' in value) return lookedUp(facts, String(value.$ref)) ?? ('default' in value ? value.default : undefined)
  if ('$template' in value)
    return String(value.$template).replace(/\{\{(.*?)\}\}/g, (_, pointer: string) => asText(lookedUp(facts, pointer.trim())))
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, followed(facts, member)]))
}

function lookedUp({ operations }: Facts, pointer: string): unknown {
  const [id, ...keys] = pointer.split('.')
  const end = operations.get(id!)?.end
  if (end?.type !== 'operation-succeeded') return undefined
  return keys.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined),
    end.value,
  )
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
