import { setOwn } from '../../model/codec/plainObject.js'
import type { PlanPath } from '../../model/fault/fault.js'
import type { Results } from '../../model/graph.js'
import type { OperationType } from '../../model/operationType.js'
import { quoteText, showName } from '../../model/fault/quote.js'
import { invalidParams } from './invalidParams.js'
import { firstMissing, valueAt, type ResultPath } from './resultPath.js'
import type { ParamsTree } from './paramsTree.js'
import { isResultPath, templateText, type ItemPath, type TemplatePart } from './template.js'

/** Where an attempt finds what markers stand for. */
export interface ReferenceSources {
  readonly results: Results
  /** The index of an operation by its id. */
  readonly indexOf: (id: string) => number | undefined
  readonly typeOf: (id: string) => OperationType | undefined
  readonly secrets: (name: string) => string | undefined
  /** The item of one that is done once an item. */
  readonly item?: { readonly value: unknown }
}

/** The value a tree of parameters stands for. Throws the failure of an attempt when something it stands for is not there. */
export function resolveParams(tree: ParamsTree, sources: ReferenceSources, at: PlanPath = []): unknown {
  switch (tree.type) {
    case 'fixed':
    case 'literal':
      return tree.value
    case 'fields': {
      const value = {}
      for (const [field, member] of tree.fields) setOwn(value, field, resolveParams(member, sources, [...at, field]))
      return value
    }
    case 'items':
      return tree.items.map((member, position) => resolveParams(member, sources, [...at, position]))
    case 'refer': {
      const found = follow(tree.pointer, sources, at)
      if (found !== undefined) return found
      if (tree.otherwise === undefined) throw nothingThere(tree.pointer, sources, at)
      return tree.otherwise.value
    }
    case 'item':
      return itemValue(tree, sources, at)
    case 'template':
      return tree.parts.map((part) => partText(part, sources, at)).join('')
    case 'secret':
      return secret(tree, sources, at)
    case 'unusable':
      throw new Error('A plan with a malformed reference was started.')
  }
}

function partText(part: TemplatePart, sources: ReferenceSources, at: PlanPath): string {
  if (typeof part === 'string') return part
  if (isResultPath(part)) {
    const found = follow(part, sources, at)
    return templateText(found === undefined ? absent(part, sources, at) : found)
  }
  return part.type === 'secret' ? secret(part, sources, at) : templateText(itemValue(part, sources, at))
}

function itemValue({ keys, text }: ItemPath, { item }: ReferenceSources, at: PlanPath): unknown {
  const found = valueAt(item?.value, keys)
  if (found !== undefined) return found
  const missing = firstMissing(item?.value, keys)
  throw invalidParams(
    at,
    `${quoteText(text)} has no value: this item has no ${quoteText(missing?.key ?? '')}${known(missing)}.\nRefer to a key that every item has.`,
    text,
  )
}

function known(missing: ReturnType<typeof firstMissing>): string {
  return missing === undefined || missing.known.length === 0 ? '' : `; it has: ${missing.known.slice(0, 12).map(showName).join(', ')}`
}

function follow({ id, keys, text }: ResultPath, { results, indexOf, typeOf }: ReferenceSources, at: PlanPath): unknown {
  const index = indexOf(id)
  if (index === undefined || !results.has(index)) return undefined
  const result = results.get(index)
  const unfit = typeOf(id)?.unfit?.(result, keys)
  if (unfit !== undefined) throw invalidParams(at, `the reference ${quoteText(text)} cannot be used: ${unfit}`, text)
  return valueAt(result, keys)
}

function absent(pointer: ResultPath, sources: ReferenceSources, at: PlanPath): never {
  throw nothingThere(pointer, sources, at)
}

function nothingThere(pointer: ResultPath, { results, indexOf }: ReferenceSources, at: PlanPath): Error {
  const { id, keys, text } = pointer
  const index = indexOf(id)
  const missing = index !== undefined && results.has(index) ? firstMissing(results.get(index), keys) : undefined
  const why =
    missing === undefined
      ? `${quoteText(id)} has no result`
      : `the result of ${quoteText(id)} has no ${quoteText(missing.key)}${known(missing)}`
  return invalidParams(
    at,
    `the reference ${quoteText(text)} has no value: ${why}.\nRefer to a value that is always present, or add a "default".`,
    text,
  )
}

function secret(
  { name, value: given }: { readonly name: string; readonly value?: string },
  { results, secrets }: ReferenceSources,
  at: PlanPath,
): string {
  const value = given ?? secrets(name)
  if (value === undefined)
    throw invalidParams(at, `the environment variable ${quoteText(name)} is not set.\nSet it before starting the run.`, name)
  if (value !== '') results.conceal(value, 'run')
  return value
}
