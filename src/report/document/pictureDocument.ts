import type { PicturedAttempt, PicturedError, PicturedOutput, PicturedState, RunPicture } from '../picture/picture.js'
import type { Usage } from '../../model/usage.js'

/** The fields that few operations of a run have. */
export interface RareFields {
  readonly title?: string
  readonly parent?: number
  readonly weight?: number
  readonly error?: PicturedError
  readonly note?: string
  readonly because?: readonly string[]
  readonly whole?: 1
  readonly blocked?: number
  readonly output?: PicturedOutput
  readonly usage?: Usage
  readonly detached?: 1
  /** Of each attempt, empty for none. */
  readonly messages?: readonly string[]
  /** Of each attempt performed elsewhere. */
  readonly placed?: readonly (PicturedAttempt['placed'] | null)[]
  /** In ticks: where that is not the end of the last attempt. */
  readonly end?: number
}

/** A picture as JSON, a column a field. */
export interface PictureDocument {
  readonly v: 1
  readonly run: Omit<RunPicture, 'operations' | 'wiring'>
  readonly typeNames: readonly string[]
  readonly ids: readonly string[]
  readonly types: readonly number[]
  readonly states: readonly number[]
  /** Ticks after the one before that was ready. */
  readonly ready: readonly (number | null)[]
  /** How many each operation had. */
  readonly attempts: readonly number[]
  /** Of each attempt, in ticks: after what came before it, and how long; -1 for one without an end. */
  readonly times: readonly number[]
  readonly lanes: readonly (number | readonly number[])[]
  readonly rare: readonly (readonly [number, RareFields])[]
  readonly wiring?: {
    readonly planned: number
    /** Edges that start at each node. */
    readonly counts: readonly number[]
    /** Where each leads, from there. */
    readonly distances: readonly number[]
  }
}

export const states: readonly PicturedState[] = ['waiting', 'ready', 'running', 'retrying', 'succeeded', 'failed', 'skipped', 'cancelled']

/** Times are told to the hundredth of a ms. */
const ticksInMs = 100

export function ticks(ms: number): number {
  return Math.round(ms * ticksInMs)
}

export function msOf(tickCount: number): number {
  return tickCount / ticksInMs
}
