import { freeze, produce } from 'immer'
import type { Eta, Metrics } from '../../model/metrics/metrics.js'
import type { MeterState } from './meterState.js'
import { metricsOf } from './metricsOf.js'
import { advance } from './occupancy.js'
import { processMeter, type ProcessReading } from './processMeter.js'
import { typeMetrics } from './typeMetrics.js'

/**
 * Makes the frozen metrics of one run at any time, each sharing with the one before what did not change in between.
 *
 * The meter is read into a draft of the sample before, and immer keeps the parts whose values are the same. That is done when a
 * sample is due and never at an event, where it would cost more than thirty times as much in all. `etaAt` estimates the end by more than
 * the meter knows.
 */
export function sampler(
  state: MeterState,
  sampleProcess?: () => ProcessReading,
  etaAt?: (at: number) => Eta | undefined,
): (at: number) => Metrics {
  const process = sampleProcess === undefined ? undefined : processMeter(sampleProcess)
  let last: Metrics | undefined
  let lastAt = state.startedAt
  let lastEnded = 0
  return (at) => {
    advance(state.occupancy, at)
    const sinceMs = at - lastAt
    const recent = sinceMs > 0 ? ((state.endedTried - lastEnded) * 1000) / sinceMs : (last?.throughput.recent ?? 0)
    const types = state.kinds.types.map((type, index) => (type.changed ? undefined : last?.types[index]) ?? typeMetrics(type))
    for (const type of state.kinds.types) type.changed = false
    const read = metricsOf(state, at, recent, types, etaAt)
    const current = process === undefined ? read : { ...read, process: process(read.elapsedMs) }
    lastAt = at
    lastEnded = state.endedTried
    last = last === undefined ? freeze(current, true) : produce(last, (draft) => settle(draft, current, last!))
    return last
  }
}

/** Makes the draft of `before` equal to a value of the same shape, touching nothing that is equal already. */
function settle(draft: object, value: object, before: object): void {
  for (const key of Object.keys(before)) if (!Object.hasOwn(value, key)) Reflect.deleteProperty(draft, key)
  for (const [key, member] of Object.entries(value) as [string, unknown][]) {
    const known: unknown = Reflect.get(before, key)
    if (member === known) continue
    // Asked of the draft only now: each part of it that is looked at becomes a proxy.
    if (isObject(member) && isObject(known)) settleWithin(draft, key, member, known)
    else Reflect.set(draft, key, member)
  }
}

function settleWithin(draft: object, key: string, member: object, known: object): void {
  if (equal(member, known)) return
  const part: unknown = Reflect.get(draft, key)
  if (isObject(part)) settle(part, member, known)
}

function equal(a: object, b: object): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => same(Reflect.get(a, key), Reflect.get(b, key)))
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (isObject(a) && isObject(b) && equal(a, b))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
