import { isAbsolute, relative, resolve } from 'node:path'
import { shellWord } from '../../model/fault/shellWord.js'

/**
 * What a proposed command needs to find this root, ` --root site`; nothing in the root itself. `typedIn` is the folder where the command will be
 * typed, which a command may have left meanwhile.
 */
export function inRoot(root = '.', typedIn = process.cwd()): string {
  const whole = resolve(root)
  const way = relative(typedIn, whole)
  if (way === '') return ''
  if (resolve(typedIn) === process.cwd()) return ` --root ${shellWord(root)}`
  return ` --root ${shellWord(isAbsolute(way) || way.startsWith('..') ? whole : way)}`
}
