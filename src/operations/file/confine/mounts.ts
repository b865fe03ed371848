import { readFileSync } from 'node:fs'
import { sep } from 'node:path'
import { orOnCode } from '../../../system/errorCode.js'
import { nameOfBytes } from './fileName.js'

/**
 * The places at or below a real path where something else is mounted, as Docker, Kubernetes and `mount --bind` do with files and folders.
 * What is there cannot be renamed or removed, and what a folder there holds is somebody else's. Only Linux tells.
 */
export function mountsIn(location: string): readonly string[] {
  const table = orOnCode(['ENOENT', 'EACCES'], undefined, () => readFileSync('/proc/self/mountinfo'))
  if (table === undefined) return []
  return nameOfBytes(table)
    .split('\n')
    .flatMap((line) => {
      // Field 5 is the mount point, with blanks and the like as octal numbers (proc(5)).
      const field = line.split(' ')[4]
      const point = field?.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
      return point !== undefined && (point === location || point.startsWith(location + sep)) ? [point] : []
    })
}

export function isMountPoint(location: string): boolean {
  return mountsIn(location).includes(location)
}
