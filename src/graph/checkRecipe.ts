import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { shapeOf, type Shape } from '../model/codec/shape.js'
import type { PlanFault, PlanPath } from '../model/fault.js'
import { decodingFaults, shown } from './decodingFaults.js'
import type { Recipe } from './recipe.js'
import { writtenTemplate } from './template.js'

/** Where a recipe stands, and the operation type it is for. */
interface Place {
  readonly at: PlanPath
  readonly of: string
}

/**
 * Checks a recipe against the codec its value must fit, as far as it can be told before the run: a reference may stand
 * anywhere, a template or a secret where text fits, and everything else must fit.
 */
export function checkRecipe(codec: t.Mixed, recipe: Recipe, { at, of }: Place): readonly PlanFault[] {
  switch (recipe.type) {
    case 'unusable':
      return []
    case 'refer':
      return recipe.otherwise === undefined ? [] : checkValue(codec, recipe.otherwise.value, { at: [...at, 'default'], of })
    case 'template':
      return admitsText(codec) ? [] : [misfit(codec, { $template: writtenTemplate(recipe.parts) }, { at, of })]
    case 'secret':
      return admitsText(codec) ? [] : [misfit(codec, { $secret: recipe.name }, { at, of })]
    case 'literal':
      return checkValue(codec, recipe.value, { at: [...at, '$literal'], of })
    case 'fixed':
      return checkValue(codec, recipe.value, { at, of })
    case 'fields':
      return checkFields(codec, recipe, { at, of })
    case 'items':
      return checkItems(codec, recipe, { at, of })
  }
}

function checkFields(codec: t.Mixed, recipe: Extract<Recipe, { readonly type: 'fields' }>, { at, of }: Place): readonly PlanFault[] {
  const shape = shapeOf(codec)
  switch (shape?._tag) {
    case 'ClosedType': {
      const codecs = new Map<string, t.Mixed>([...Object.entries(shape.required), ...Object.entries(shape.optional)])
      const known = [...codecs.keys()]
      const faults: PlanFault[] = []
      for (const [field, member] of recipe.fields) {
        const fieldCodec = codecs.get(field)
        if (fieldCodec === undefined) faults.push({ type: 'unknown-field', at: [...at, field], field, known, of })
        else faults.push(...checkRecipe(fieldCodec, member, { at: [...at, field], of }))
      }
      for (const field of Object.keys(shape.required))
        if (!recipe.fields.has(field)) faults.push({ type: 'missing-field', at, field, known, of })
      return faults
    }
    case 'DictionaryOfType':
      return [...recipe.fields].flatMap(([field, member]) => checkRecipe(shape.item, member, { at: [...at, field], of }))
    case 'AnyOfType':
      return checkMembers(shape, recipe, { at, of })
    case 'WithSchema':
      // What such a codec asks of an object's inside is its own affair: it is asked at the attempt.
      return admits(shape.schema['type'], 'object') ? [] : [misfit(codec, recipe.value, { at, of })]
    case 'ListType':
      return [misfit(codec, recipe.value, { at, of })]
    case undefined:
      return []
  }
}

function checkItems(codec: t.Mixed, recipe: Extract<Recipe, { readonly type: 'items' }>, { at, of }: Place): readonly PlanFault[] {
  const shape = shapeOf(codec)
  switch (shape?._tag) {
    case 'ListType': {
      const { length } = recipe.items
      if (length < shape.minItems || length > shape.maxItems) return [misfit(codec, recipe.value, { at, of })]
      return recipe.items.flatMap((member, position) => checkRecipe(shape.item, member, { at: [...at, position], of }))
    }
    case 'AnyOfType':
      return checkMembers(shape, recipe, { at, of })
    case 'WithSchema':
      return admits(shape.schema['type'], 'array') ? [] : [misfit(codec, recipe.value, { at, of })]
    case 'ClosedType':
    case 'DictionaryOfType':
      return [misfit(codec, recipe.value, { at, of })]
    case undefined:
      return []
  }
}

type Nested = Extract<Recipe, { readonly type: 'fields' | 'items' }>

// Reports itself as a whole, as the codec does: a fault for every member that does not fit would hide the one that nearly does.
function checkMembers(codec: Extract<Shape, { readonly _tag: 'AnyOfType' }>, recipe: Nested, place: Place): readonly PlanFault[] {
  return codec.members.some((member) => checkRecipe(member, recipe, place).length === 0) ? [] : [misfit(codec, recipe.value, place)]
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
