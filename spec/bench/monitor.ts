// Built along with the specs; then: node .spec/spec/bench/monitor.js [operations]
// What monitor() costs for each event: the same events through a Subject with it and without it, alternating, CPU time of the
// process, median of nine rounds. Three events an operation (ready, started, succeeded), four types, at most 1,000 at once ready.
import { Subject } from 'rxjs'
import type { BatchEvent } from '../../src/model/event.js'
import { median } from '../../src/monitor/histogram/quantile.js'
import { monitor } from '../../src/monitor/monitor.js'
import { syntheticRun } from './syntheticRun.js'

const operations = Number(process.argv[2] ?? 200_000)
const events = syntheticRun(operations)

function cpuMs(body: () => void): number {
  const before = process.cpuUsage()
  body()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function round(monitored: boolean): number {
  const source = new Subject<BatchEvent>()
  let seen = 0
  const counted = monitored ? source.pipe(monitor()) : source.asObservable()
  const subscription = counted.subscribe(() => void seen++)
  const spent = cpuMs(() => {
    for (const event of events) source.next(event)
  })
  subscription.unsubscribe()
  if (seen < events.length) throw new Error(`only ${seen} of ${events.length} events came through`)
  return spent
}

for (const warmUp of [true, false, true, false]) round(warmUp)
const rounds = Array.from({ length: 9 }, () => ({ bare: round(false), monitored: round(true) }))
const bare = median(rounds.map((one) => one.bare))
const monitored = median(rounds.map((one) => one.monitored))
console.log(
  JSON.stringify({
    node: process.version,
    events: events.length,
    bareUsPerEvent: Number(((bare * 1000) / events.length).toFixed(4)),
    monitoredUsPerEvent: Number(((monitored * 1000) / events.length).toFixed(4)),
    addedUsPerEvent: Number((((monitored - bare) * 1000) / events.length).toFixed(4)),
  }),
)
