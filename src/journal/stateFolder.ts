import { join } from 'node:path'
import { stateFolderName } from '../system/stateFolder.js'

export const runsFolderOf = (root: string): string => join(root, stateFolderName, 'runs')
export const historyOf = (root: string): string => join(root, stateFolderName, 'history.ndjson')
export const baselinesOf = (root: string): string => join(root, stateFolderName, 'baselines')
