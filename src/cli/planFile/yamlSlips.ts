import { isMap, isScalar, visit, type Document, type YAMLMap } from 'yaml'
import { quoteText } from '../../model/fault/quote.js'
import { keysWithoutSpace } from './keysWithoutSpace.js'

/** Something in a YAML text that its author cannot have meant, and how to write what was meant. */
export interface YamlProblem {
  readonly offset: number
  readonly reason: string
}

/** Slips that the parser takes for something else: aliases of nothing, merge keys, keys without a space behind their colon, keys given twice. */
export function slips(document: Document.Parsed): readonly YamlProblem[] {
  const found: YamlProblem[] = keysWithoutSpace(document).map(({ offset, key, value }) => ({
    offset,
    reason: `inside { }, a colon needs a space after it. Write "${key}: ${value}" instead of "${key}:${value}".`,
  }))
  const anchors = new Set<string>()
  visit(document, {
    Node: (_, node) => {
      if ('anchor' in node && node.anchor !== undefined) anchors.add(node.anchor)
      if (isMap(node)) found.push(...repeatedIn(node))
    },
    Alias: (_, { source, range }) => {
      if (source === '' || anchors.has(source)) return // The parser reports one without a name.
      const written = quoteText(`*${source}`)
      const reason = `no anchor is called ${quoteText(source)}: outside quotes * begins an alias.\nIf it is text, put it in quotes: ${written}.`
      found.push({ offset: range?.[0] ?? 0, reason })
    },
    Pair: (_, { key }) => {
      if (isScalar(key) && key.value === '<<' && key.type === 'PLAIN') found.push({ offset: key.range?.[0] ?? 0, reason: noMerge })
    },
  })
  return found
}

/** The parser itself compares each key with all before it, which takes minutes for 100,000 of them. */
function repeatedIn({ items }: YAMLMap): readonly YamlProblem[] {
  const seen = new Set<unknown>()
  return items.flatMap(({ key }) => {
    if (!isScalar(key)) return []
    const isRepeated = seen.has(key.value)
    seen.add(key.value)
    return isRepeated ? [{ offset: key.range?.[0] ?? 0, reason: 'this key appears twice in one object.\nKeep one of them.' }] : []
  })
}

const noMerge =
  'merge keys (<<) are not supported.\nWrite the fields out, or share a whole value: "params: *name". Top-level keys that begin with x- can hold anchors; "defaults" apply to all operations.'

/** Braces of a reference that are not in quotes, where they stand in the line of an error: YAML takes them for an object in an object. */
export function bracesAt(text: string, offset: number): YamlProblem | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  const line = text.slice(start, end < 0 ? undefined : end)
  for (const match of line.matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|\$?\{\{?([^{}'"\n]*)\}\}?/g)) {
    const [written, between] = match
    if (between === undefined || !/^(?:\{\{.*\}\}|\$\{.*\})$/.test(written)) continue
    const path = between.trim()
    const reason = `${written} is not in quotes, and outside quotes { begins an object.\nWrite { $template: '{{${path}}}' }, or '${written}' for plain text.`
    return { offset: start + match.index, reason }
  }
  return undefined
}
