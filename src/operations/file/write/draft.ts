import { randomBytes } from 'node:crypto'
import type { HeldFolder } from '../confine/heldFolder.js'
import { removeTree } from './removeTree.js'
import type { Spot } from '../confine/resolvePath.js'

/** A name nobody uses yet, beside what is to be written: a rename within one folder happens as a whole or not at all. */
export async function withDraft<A>(folder: HeldFolder, use: (draft: Spot) => Promise<A>): Promise<A> {
  const draft = { folder, name: `.millrace-${randomBytes(12).toString('hex')}` }
  return use(draft).finally(() => removeTree(draft, { own: true }))
}
