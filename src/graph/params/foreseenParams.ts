import type * as t from 'io-ts'
import { setOwn } from '../../model/codec/plainObject.js'
import { fieldOf, fieldNamesOf, shapeOf } from '../../model/codec/shape.js'
import { notYetKnown } from '../../model/effects.js'
import type { ParamsTree } from './paramsTree.js'
import { settle } from './settle.js'

/** The parameters of an operation as far as they are known before the run: fields that hold a reference are `notYetKnown`. */
export function foreseenParams(codec: t.Mixed, tree: ParamsTree): object {
  const shape = shapeOf(codec)
  const closed = shape?._tag === 'ClosedType' ? shape : undefined
  const foreseen: Record<string, unknown> = {}
  if (tree.type !== 'fields') {
    if (closed !== undefined) for (const field of fieldNamesOf(closed)) setOwn(foreseen, field, notYetKnown)
    return foreseen
  }
  for (const [field, member] of tree.fields) setOwn(foreseen, field, known(closed && fieldOf(closed, field), member))
  return foreseen
}

function known(codec: t.Mixed | undefined, tree: ParamsTree): unknown {
  const settled = settle(tree)
  if (settled === undefined) return notYetKnown
  const decoded = codec?.decode(settled.value)
  return decoded?._tag === 'Right' ? (decoded.right as unknown) : settled.value
}
