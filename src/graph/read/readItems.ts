import type * as t from 'io-ts'
import { shapeOf } from '../../model/codec/shape.js'
import type { PlanPath } from '../../model/fault/fault.js'
import type { FaultList } from '../../model/fault/faultList.js'
import { Items } from '../../model/plan.js'
import { readInput, type Inputs } from '../params/inputs.js'
import type { KnownOperations } from '../params/knownOperations.js'
import { readReference } from '../params/marker.js'
import { paramsTreeOf, type MarkerReader, type ParamsTree } from '../params/paramsTree.js'
import { resultCodecAt } from '../params/unknownResultPath.js'
import { checkParamsTree } from '../params/checkParamsTree.js'
import { withItem } from '../params/withItem.js'
import type { EachItem } from '../operations/compiledOperation.js'

/** The items of an operation, as far as its plan tells them. */
export interface ReadItems {
  readonly items: EachItem['items']
  /** What each is, where that is known. */
  readonly item: t.Mixed | undefined
}

/** Reads the list that an operation is done for. `reader` reads references without an item: those of the list itself. */
export function readItems(
  each: unknown,
  at: PlanPath,
  {
    reader,
    others,
    inputs,
    faults,
  }: { readonly reader: MarkerReader; readonly others: KnownOperations; readonly inputs: Inputs; readonly faults: FaultList },
): ReadItems | undefined {
  if (!Items.is(each)) return undefined // A fault of form already.
  if (isList(each)) {
    // Items are data: what looks like a marker in one would be handed on as it is.
    const markers = paramsTreeOf(each, at, { scope: reader.scope, check: () => true })
    if (markers === undefined) return { items: { type: 'list', list: each as readonly unknown[] }, item: undefined }
    faults.push({
      type: 'malformed-reference',
      at,
      reason: 'items are plain data, without references.\nRefer to a whole list: {"$ref": "id.key"}, or put the reference in "params".',
    })
    return undefined
  }
  if ('$input' in each) {
    const read = readInput(each.$input, inputs)
    if (read.type === 'malformed') faults.push({ type: 'malformed-reference', at: [...at, '$input'], reason: read.reason })
    else if (Array.isArray(read.value)) return { items: { type: 'list', list: read.value as readonly unknown[] }, item: undefined }
    else faults.push({ type: 'invalid-value', at: [...at, '$input'], expected: 'an input that is a list', received: each.$input })
    return undefined
  }
  const marker = readReference(each.$ref, undefined, reader.scope)
  const place = [...at, '$ref']
  if (!reader.check(marker, place) || marker.type === 'malformed') return undefined
  const { id, keys, text } = marker.pointer
  const result = others.find(id)?.operationType?.result
  const list = result && resultCodecAt(result as t.Mixed, keys)
  const shape = list && shapeOf(list)
  const item = shape?._tag === 'ListType' ? shape.item : undefined
  if (item === undefined && list !== undefined && !mayBeList(list)) {
    faults.push({ type: 'invalid-value', at: place, expected: 'a reference to a list', received: text })
    return undefined
  }
  return { items: { type: 'refer', pointer: marker.pointer }, item }
}

/** The type system does not tell the lists of a union by `Array.isArray`. */
function isList(each: Items): each is Extract<Items, readonly unknown[]> {
  return Array.isArray(each)
}

function mayBeList(codec: t.Mixed): boolean {
  const shape = shapeOf(codec)
  switch (shape?._tag) {
    case 'WithSchema':
      return shape.schema['type'] === undefined || shape.schema['type'] === 'array'
    case 'AnyOfType':
      return shape.members.some(mayBeList)
    case 'ClosedType':
    case 'DictionaryOfType':
      return false
    case 'ListType':
    case undefined:
      return true
  }
}

/** Checks params for each item of a list that the plan has: what does not fit is a fault before the first one starts. */
export function checkItems(
  tree: ParamsTree,
  params: t.Mixed,
  list: readonly unknown[],
  place: { readonly at: PlanPath; readonly of: string },
  faults: FaultList,
): void {
  for (const item of list) faults.pushAll(checkParamsTree(params, withItem(tree, item), place))
}
