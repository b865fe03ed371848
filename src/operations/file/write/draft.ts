import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import type { FolderEntry } from '../confine/entry.js'
import type { PathTarget } from '../confine/findTarget.js'
import type { Roots } from '../confine/roots.js'
import { removeTree } from '../tree/removeTree.js'
import { processMark, registerWork } from './openWork.js'
import { removeAbandonedOnce } from './removeAbandoned.js'

/** A name nobody uses yet, beside what is to be replaced: a rename within one folder happens as a whole or not at all. */
export interface Draft extends FolderEntry {
  /** It has been renamed: there is nothing left to remove. */
  used: boolean
}

export async function withDraft<A>(space: Roots, { folder, location }: PathTarget, use: (draft: Draft) => Promise<A>): Promise<A> {
  await removeAbandonedOnce(space.roots)
  const prefix = `.millrace-${processMark}`
  registerWork(space, { type: 'drafts', folder: dirname(location), prefix })
  const draft: Draft = { folder, name: prefix + randomBytes(8).toString('hex'), used: false }
  try {
    return await use(draft)
  } finally {
    if (!draft.used) await removeTree(draft, { own: true })
  }
}
