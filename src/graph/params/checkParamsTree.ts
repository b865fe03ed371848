import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { fieldOf, fieldNamesOf, shapeOf, type Shape } from '../../model/codec/shape.js'
import type { PlanFault, PlanPath } from '../../model/fault/fault.js'
import { FaultList } from '../../model/fault/faultList.js'
import { decodingFaults, shown } from './decodingFaults.js'
import type { ParamsTree } from './paramsTree.js'
import { writtenTemplate } from './template.js'

/** Where a tree of parameters stands, and the operation type it is for. */
interface Place {
  readonly at: PlanPath
  readonly of: string
}

/**
 * Checks parameters against the codec they must fit, as far as it can be told before the run: a reference may stand
 * anywhere, a template or a secret where text fits, and everything else must fit.
 */
export function checkParamsTree(codec: t.Mixed, tree: ParamsTree, { at, of }: Place): readonly PlanFault[] {
  switch (tree.type) {
    case 'unusable':
    case 'item':
      return []
    case 'refer':
      return tree.otherwise === undefined ? [] : checkValue(codec, tree.otherwise.value, { at: [...at, 'default'], of })
    case 'template':
      return admitsText(codec) ? [] : [misfit(codec, { $template: writtenTemplate(tree.parts) }, { at, of })]
    case 'secret':
      return admitsText(codec) ? [] : [misfit(codec, { $secret: tree.name }, { at, of })]
    case 'literal':
      return checkValue(codec, tree.value, { at: [...at, '$literal'], of })
    case 'fixed':
      return checkValue(codec, tree.value, { at, of })
    case 'fields':
      return checkFields(codec, tree, { at, of })
    case 'items':
      return checkItems(codec, tree, { at, of })
  }
}

function checkFields(codec: t.Mixed, tree: Extract<ParamsTree, { readonly type: 'fields' }>, { at, of }: Place): readonly PlanFault[] {
  const shape = shapeOf(codec)
  switch (shape?._tag) {
    case 'ClosedType': {
      // Most have no fault: the list of names is made for one that has.
      let known: readonly string[] | undefined
      const faults = new FaultList()
      for (const [field, member] of tree.fields) {
        const fieldCodec = fieldOf(shape, field)
        if (fieldCodec === undefined)
          faults.push({ type: 'unknown-field', at: [...at, field], field, known: (known ??= fieldNamesOf(shape)), of })
        else faults.pushAll(checkParamsTree(fieldCodec, member, { at: [...at, field], of }))
      }
      for (const field of Object.keys(shape.required))
        if (!tree.fields.has(field)) faults.push({ type: 'missing-field', at, field, known: (known ??= fieldNamesOf(shape)), of })
      return faults.all()
    }
    case 'DictionaryOfType':
      return [...tree.fields].flatMap(([field, member]) => checkParamsTree(shape.item, member, { at: [...at, field], of }))
    case 'AnyOfType':
      return checkMembers(shape, tree, { at, of })
    case 'WithSchema':
      // What such a codec asks of an object's inside is its own affair: it is asked at the attempt.
      return admits(shape.schema['type'], 'object') ? [] : [misfit(codec, tree.value, { at, of })]
    case 'ListType':
      return [misfit(codec, tree.value, { at, of })]
    case undefined:
      return []
  }
}

function checkItems(codec: t.Mixed, tree: Extract<ParamsTree, { readonly type: 'items' }>, { at, of }: Place): readonly PlanFault[] {
  const shape = shapeOf(codec)
  switch (shape?._tag) {
    case 'ListType': {
      const { length } = tree.items
      if (length < shape.minItems || length > shape.maxItems) return [misfit(codec, tree.value, { at, of })]
      return tree.items.flatMap((member, position) => checkParamsTree(shape.item, member, { at: [...at, position], of }))
    }
    case 'AnyOfType':
      return checkMembers(shape, tree, { at, of })
    case 'WithSchema':
      return admits(shape.schema['type'], 'array') ? [] : [misfit(codec, tree.value, { at, of })]
    case 'ClosedType':
    case 'DictionaryOfType':
      return [misfit(codec, tree.value, { at, of })]
    case undefined:
      return []
  }
}

type Nested = Extract<ParamsTree, { readonly type: 'fields' | 'items' }>

// Reports itself as a whole, as the codec does: a fault for every member that does not fit would hide the one that nearly does.
function checkMembers(codec: Extract<Shape, { readonly _tag: 'AnyOfType' }>, tree: Nested, place: Place): readonly PlanFault[] {
  return codec.members.some((member) => checkParamsTree(member, tree, place).length === 0) ? [] : [misfit(codec, tree.value, place)]
}

function checkValue(codec: t.Mixed, value: unknown, { at, of }: Place): readonly PlanFault[] {
  return E.match(
    (errors: t.Errors) => decodingFaults(errors, value, at, of),
    (): readonly PlanFault[] => [],
  )(codec.decode(value))
}

function misfit(codec: t.Mixed, received: unknown, { at, of }: Place): PlanFault {
  return { type: 'invalid-value', at, expected: codec.name, received: shown(received, at), of }
}

function admitsText(codec: t.Mixed): boolean {
  const shape = shapeOf(codec)
  switch (shape?._tag) {
    case 'WithSchema':
      return admits(shape.schema['type'], 'string')
    case 'AnyOfType':
      return shape.members.some(admitsText)
    case 'ClosedType':
    case 'ListType':
    case 'DictionaryOfType':
      return false
    case undefined:
      return true
  }
}

// A schema that names no type, such as a list of words, may admit any.
function admits(type: unknown, wanted: string): boolean {
  return type === undefined || type === wanted || (Array.isArray(type) && type.includes(wanted))
}
