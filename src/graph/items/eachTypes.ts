// graph/items: operations that are done once for each item of a list: their type, and how their items run.
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { anyOf, array } from '../../model/codec/collections.js'
import { anyJson, oneOf, text } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import type { ItemsType } from '../operations/itemsType.js'
import { startItems } from './startItems.js'

/** Finds the type of a whole by the type of its items; with `settle` its value is the list of their outcomes. */
export type EachTypes = (itemType: OperationType, settle: boolean) => ItemsType

/** One object for each type of items, so that operations of one kind share what they have in common. */
export function eachTypes(): EachTypes {
  const settled = new Map<OperationType, ItemsType>()
  const plain = new Map<OperationType, ItemsType>()
  return (itemType, settle) => {
    const known = settle ? settled : plain
    const before = known.get(itemType)
    if (before !== undefined) return before
    const made = eachType(itemType, settle)
    known.set(itemType, made)
    return made
  }
}

function eachType(itemType: OperationType, settle: boolean): ItemsType {
  const item = itemType.result as t.Mixed
  const { unfit, ...others } = itemType
  return {
    ...others,
    result: array(settle ? outcomeOf(item) : item) as t.Type<unknown, unknown, unknown>,
    coordinates: true,
    ...(unfit !== undefined && {
      unfit: (result, [position, ...keys]) => {
        if (position === undefined || !Array.isArray(result)) return undefined
        const value: unknown = result[Number(position)]
        return settle ? undefined : unfit(value, keys)
      },
    }),
    itemType,
    start: startItems,
  }
}

function outcomeOf(item: t.Mixed): t.Mixed {
  return anyOf(
    closed('a success', { type: oneOf('succeeded'), value: item }, {}),
    closed('a failure', { type: oneOf('failed'), error: anyJson }, {}),
    closed('a skip', { type: oneOf('skipped'), reason: text(), because: array(text()) }, {}),
    closed('a cancel', { type: oneOf('cancelled'), cause: anyJson }, {}),
  )
}
