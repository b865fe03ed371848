import { isPlainObject, own, type PlainObject } from '../../../model/codec/plainObject.js'

/** The object a line holds; undefined for a line that is anything else. */
export function objectOf(line: string): PlainObject | undefined {
  if (!line.trimStart().startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(line)
    return isPlainObject(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

export function textOf(object: PlainObject, key: string): string | undefined {
  const value = own(object, key)
  return typeof value === 'string' ? value : undefined
}

export function numberOf(object: PlainObject, key: string): number | undefined {
  const value = own(object, key)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

export function fieldsOf(object: PlainObject, key: string): PlainObject {
  const value = own(object, key)
  return isPlainObject(value) ? value : {}
}

/** The members of a list that are objects. */
export function objectsIn(object: PlainObject, key: string): readonly PlainObject[] {
  const value = own(object, key)
  return Array.isArray(value) ? value.filter(isPlainObject) : []
}
