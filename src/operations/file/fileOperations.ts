// operations/file: the operations of type `file`, one a file
import type { AnyOperationType } from '../../model/operationType.js'
import { rootsOf, type Roots, type SpaceOptions } from './confine/roots.js'
import { append } from './append.js'
import { copy } from './copy.js'
import { create } from './create.js'
import { remove } from './delete.js'
import { edit } from './edit.js'
import { glob } from './glob.js'
import { list } from './list.js'
import { mkdir } from './mkdir.js'
import { move } from './move.js'
import { read } from './read.js'
import { rmdir } from './rmdir.js'
import { search } from './search.js'
import { stat } from './stat.js'
import { write } from './write.js'

/** The operations of type `file`: nothing they do leaves the roots. */
export function fileOperations(options: SpaceOptions): readonly AnyOperationType[] {
  return fileOperationsIn(rootsOf(options))
}

/** @internal */
export function fileOperationsIn(space: Roots): readonly AnyOperationType[] {
  return [read, write, create, append, edit, copy, move, remove, mkdir, rmdir, list, glob, stat, search].map((type) => type(space))
}
