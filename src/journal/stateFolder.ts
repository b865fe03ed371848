import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { orOnCode } from '../system/errorCode.js'
import { stateFolderName } from '../system/stateFolder.js'

export const runsFolderOf = (root: string): string => join(root, stateFolderName, 'runs')
export const historyOf = (root: string): string => join(root, stateFolderName, 'history.ndjson')
export const baselinesOf = (root: string): string => join(root, stateFolderName, 'baselines')

/** The names of the folders that runs were kept in: none where nothing was ever run, or kept. */
export function keptRuns(root: string): readonly string[] {
  return orOnCode(['ENOENT'], [], () => readdirSync(runsFolderOf(root)))
}
