import type { Effects, Touch } from '../../model/effects.js'

/**
 * The ways to touch a place. A program that follows a folder is told apart from others in what it declares to read and write
 * as well: against another program that is all that orders it.
 */
export const Way = { read: 0, write: 1, follow: 2, programReads: 3, programWrites: 4 } as const
export type Way = (typeof Way)[keyof typeof Way]

/** Which ways are in conflict with each: where one of them came first, the order is kept. */
export const conflicting: readonly (readonly Way[])[] = [
  [Way.write, Way.follow, Way.programWrites],
  [Way.read, Way.write, Way.follow, Way.programReads, Way.programWrites],
  [Way.read, Way.write],
  [Way.write, Way.programWrites],
  [Way.read, Way.write, Way.programReads, Way.programWrites],
]

export function reads(way: Way): boolean {
  return way === Way.read || way === Way.programReads
}

export function writes(way: Way): boolean {
  return way === Way.write || way === Way.programWrites
}

/** One touch of an operation, with the way it does. */
export interface Access {
  readonly resource: string
  readonly way: Way
  /** Whether exactly this place is touched, so that a write here is what a read here needs. */
  readonly exact: boolean
}

/** The accesses of what touches nothing. */
export const untouched: readonly Access[] = []

export function accessesOf({ reads, writes, follows }: Effects): readonly Access[] {
  const program = follows !== undefined && follows.length > 0
  const accesses: Access[] = []
  for (const touch of reads ?? untouched) accesses.push(access(touch, program ? Way.programReads : Way.read))
  for (const touch of writes ?? untouched) accesses.push(access(touch, program ? Way.programWrites : Way.write))
  for (const touch of follows ?? untouched) accesses.push(access(touch, Way.follow))
  return accesses.length === 0 ? untouched : accesses
}

function access({ resource, orderOnly }: Touch, way: Way): Access {
  return { resource, way, exact: orderOnly !== true }
}
