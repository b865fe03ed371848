import type { append } from '../file/append.js'
import type { copy } from '../file/copy.js'
import type { create } from '../file/create.js'
import type { remove } from '../file/delete.js'
import type { edit } from '../file/edit.js'
import type { glob } from '../file/glob.js'
import type { list } from '../file/list.js'
import type { mkdir } from '../file/mkdir.js'
import type { move } from '../file/move.js'
import type { read } from '../file/read.js'
import type { rmdir } from '../file/rmdir.js'
import type { search } from '../file/search.js'
import type { stat } from '../file/stat.js'
import type { write } from '../file/write.js'
import { recordBuilder, type BuilderOf, type ResultOfBuilder } from './recordBuilder.js'

/** The builders of file operations. */
export interface FileBuilders {
  readonly append: BuilderOf<typeof append>
  readonly copy: BuilderOf<typeof copy>
  readonly create: BuilderOf<typeof create>
  readonly delete: BuilderOf<typeof remove>
  readonly edit: BuilderOf<typeof edit>
  readonly glob: BuilderOf<typeof glob>
  readonly list: BuilderOf<typeof list>
  readonly mkdir: BuilderOf<typeof mkdir>
  readonly move: BuilderOf<typeof move>
  readonly read: BuilderOf<typeof read>
  readonly rmdir: BuilderOf<typeof rmdir>
  readonly search: BuilderOf<typeof search>
  readonly stat: BuilderOf<typeof stat>
  readonly write: BuilderOf<typeof write>
}

/** The result of a file operation: `FileResult<'write'>`. */
export type FileResult<K extends keyof FileBuilders> = ResultOfBuilder<FileBuilders[K]>

/**
 * Makes file operations in code: `file.write(id, params, settings?)`, a plain record as in a plan file, with a typed result.
 *
 * Functions can need it like any operation. The `root` of the registry of the run decides where paths lead.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { operation, runBatch, valueOf } from 'millrace'
 * import { file, standardOperations } from 'millrace/node'
 * const saved = file.write('saved', { path: 'greeting.txt', content: 'Hello' })
 * const size = operation('size', { saved }, ({ saved }) => saved.bytes)
 * const run = runBatch([saved, size], { operations: standardOperations({ root: '.' }) })
 * await lastValueFrom(run.pipe(valueOf(size))) // => 5
 * ```
 * @since 0.2.0
 */
export const file: FileBuilders = {
  append: recordBuilder<typeof append>('file', 'append'),
  copy: recordBuilder<typeof copy>('file', 'copy'),
  create: recordBuilder<typeof create>('file', 'create'),
  delete: recordBuilder<typeof remove>('file', 'delete'),
  edit: recordBuilder<typeof edit>('file', 'edit'),
  glob: recordBuilder<typeof glob>('file', 'glob'),
  list: recordBuilder<typeof list>('file', 'list'),
  mkdir: recordBuilder<typeof mkdir>('file', 'mkdir'),
  move: recordBuilder<typeof move>('file', 'move'),
  read: recordBuilder<typeof read>('file', 'read'),
  rmdir: recordBuilder<typeof rmdir>('file', 'rmdir'),
  search: recordBuilder<typeof search>('file', 'search'),
  stat: recordBuilder<typeof stat>('file', 'stat'),
  write: recordBuilder<typeof write>('file', 'write'),
}
