// Built along with the specs; then: node .spec/spec/bench/monitor.js [operations]
// What monitor() costs for each event: the same events through a Subject with it, with the same without trends, and with nothing,
// alternating, CPU time of the process, median of nine rounds. Three events an operation (ready, started, succeeded), four types, at
// most 1,000 at once ready.
import { Subject } from 'rxjs'
import type { BatchEvent, RunStarted } from '../../src/model/event.js'
import { median } from '../../src/monitor/histogram/quantile.js'
import { meter } from '../../src/monitor/meter/meter.js'
import { monitor } from '../../src/monitor/monitor.js'
import { watch } from '../../src/monitor/watch.js'
import { syntheticRun } from './syntheticRun.js'

const operations = Number(process.argv[2] ?? 200_000)
const events = syntheticRun(operations)

function cpuMs(body: () => void): number {
  const before = process.cpuUsage()
  body()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

type Through = 'nothing' | 'monitor'

function round(through: Through): number {
  const source = new Subject<BatchEvent>()
  let seen = 0
  const counted = through === 'monitor' ? source.pipe(monitor()) : source.asObservable()
  const subscription = counted.subscribe(() => void seen++)
  const spent = cpuMs(() => {
    for (const event of events) source.next(event)
  })
  subscription.unsubscribe()
  if (seen < events.length) throw new Error(`only ${seen} of ${events.length} events came through`)
  return spent
}

const started = events[0] as RunStarted
const indexes = events.map((event) => ('id' in event ? Number(event.id.slice('op'.length)) : -1))

/** As straight behind a run, where every index is known: what is watched costs least there, and trends the greatest share. */
function watched(): number {
  const watching = watch(started, {})
  return cpuMs(() => {
    for (let at = 1; at < events.length; at++) {
      watching.observe(events[at]!, indexes[at]!)
      if (watching.hasChanges) watching.changes()
    }
  })
}

/** The same as `watch` does it, without trends. */
function metered(): number {
  const counted = meter(started)
  let afterSeq = -1
  const watching = {
    observe(event: BatchEvent, index?: number): void {
      if (event.type !== 'run-finished') afterSeq = event.seq
      counted.observe(event, index)
    },
    hasChanges: false,
  }
  const spent = cpuMs(() => {
    for (let at = 1; at < events.length; at++) {
      watching.observe(events[at]!, indexes[at]!)
      if (watching.hasChanges) throw new Error('nothing changes')
    }
  })
  if (afterSeq < 0) throw new Error('nothing was observed')
  return spent
}

const allRounds = Array.from({ length: 11 }, () => ({
  bare: round('nothing'),
  monitored: round('monitor'),
  watched: watched(),
  metered: metered(),
}))
// The first two warm up.
const rounds = allRounds.slice(2)
const bare = median(rounds.map((one) => one.bare))
const monitored = median(rounds.map((one) => one.monitored))
// Of each round by itself: a machine that is busy for a while is so for both.
const trends = median(rounds.map((one) => one.watched / one.metered - 1))
console.log(
  JSON.stringify({
    node: process.version,
    events: events.length,
    bareUsPerEvent: Number(((bare * 1000) / events.length).toFixed(4)),
    monitoredUsPerEvent: Number(((monitored * 1000) / events.length).toFixed(4)),
    addedUsPerEvent: Number((((monitored - bare) * 1000) / events.length).toFixed(4)),
    trendsOverTheRest: Number(trends.toFixed(3)),
  }),
)
