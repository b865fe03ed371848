import { join } from 'node:path'
import { makePrivateFolder, makeStateFolder } from '../../system/stateFolder.js'

/** The folder for the reports of a root, made if it is missing. */
export function reportPathIn(root: string): string {
  const folder = join(makeStateFolder(root), 'reports')
  makePrivateFolder(folder)
  return folder
}
