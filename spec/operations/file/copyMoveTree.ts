import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { tempTree } from '../../support/tempTree.js'

export const tree = () => {
  const root = tempTree({ file: 'f', 'folder/a': 'a', 'folder/b/c': 'cc', 'folder/link': { link: 'a' }, other: 'o', 'full/x': 'x' })
  chmodSync(join(root, 'folder/a'), 0o751)
  chmodSync(join(root, 'folder/b'), 0o705)
  return root
}
export const folder = (at: string) => ({
  [at]: 'folder 755',
  [`${at}/a`]: 'file 751 a',
  [`${at}/b`]: 'folder 705',
  [`${at}/b/c`]: 'file 644 cc',
  [`${at}/link`]: 'link to a',
})

export const taken = (path: string) => ({
  type: 'already-exists',
  message: `${path}: something already exists at this path. Set overwrite: true to replace it as a whole.`,
  retryable: false,
  path,
})
export const refusal = (what: string, message: string) => ({ type: 'not-allowed', message, retryable: false, what })
