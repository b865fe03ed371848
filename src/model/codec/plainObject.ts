/** An object as JSON makes them: not null, not an array. Keys are read as own properties only, so `__proto__` is a key like any other. */
export type PlainObject = { readonly [key: string]: unknown }

export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The own property `key`, or undefined: never something inherited. */
export function own(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as PlainObject)[key] : undefined
}

/** Sets an own property, also for the key `__proto__`, which plain assignment would take for the prototype. */
export function setOwn(target: object, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  else (target as Record<string, unknown>)[key] = value
}
