import { isMap, isScalar, visit, type Document } from 'yaml'

/** A `key:value` that YAML takes for one long key with no value. */
export interface KeyWithoutSpace {
  readonly offset: number
  readonly key: string
  readonly value: string
}

/**
 * What was meant as a key and its value, between { and }, without the space that YAML wants: `{path:x}` is `{"path:x": null}` to it.
 * A key in quotes, or one with a value, is what it says.
 */
export function keysWithoutSpace(document: Document.Parsed): readonly KeyWithoutSpace[] {
  const found: KeyWithoutSpace[] = []
  visit(document, {
    Pair: (_, { key, value }, path) => {
      const around = path.at(-1)
      if (value !== null || !isMap(around) || around.flow !== true || !isScalar(key) || key.type !== 'PLAIN') return
      const [, name, rest] = /^([^\s:]+):(\S.*)$/s.exec(key.source ?? '') ?? []
      if (name !== undefined && rest !== undefined) found.push({ offset: key.range?.[0] ?? 0, key: name, value: rest })
    },
  })
  return found
}
