import { expectTypeOf } from 'expect-type'
import { filter, type Observable } from 'rxjs'
import type { BatchEvent, OperationFailed } from '../../../src/model/event.js'
import { monitor } from '../../../src/monitor/monitor.js'
import { ofType } from '../../../src/operators/ofType.js'
import { onlyFailed } from '../../../src/operators/onlyFailed.js'
import { progress, type Progress } from '../../../src/operators/progress.js'
import type { Snapshot } from '../../../src/operators/snapshot/snapshot.js'
import { snapshots } from '../../../src/operators/snapshots.js'
import { summarize, type Report } from '../../../src/operators/summarize.js'
import { valueOf } from '../../../src/operators/valueOf.js'
import type { AlertRaised, MetricsSampled, MonitorEvent } from '../../../src/model/metrics/monitorEvent.js'

declare const events: Observable<BatchEvent>

// Any operator may stand behind it.
expectTypeOf(events.pipe(monitor(), onlyFailed())).toEqualTypeOf<Observable<OperationFailed>>()
expectTypeOf(events.pipe(monitor(), ofType('metrics-sampled'))).toEqualTypeOf<Observable<MetricsSampled>>()
expectTypeOf(events.pipe(monitor(), progress())).toEqualTypeOf<Observable<Progress>>()
expectTypeOf(events.pipe(monitor(), valueOf('a'))).toEqualTypeOf<Observable<unknown>>()
expectTypeOf(events.pipe(monitor(), snapshots())).toEqualTypeOf<Observable<Snapshot>>()
expectTypeOf(events.pipe(monitor(), summarize())).toEqualTypeOf<Observable<Report>>()

expectTypeOf(events.pipe(monitor())).toEqualTypeOf<Observable<BatchEvent | MonitorEvent>>()
expectTypeOf(
  events.pipe(
    monitor({ everyMs: 1_000 }),
    filter((event) => event.type === 'metrics-sampled'),
  ),
).toEqualTypeOf<Observable<MetricsSampled>>()
expectTypeOf<Extract<MonitorEvent, { type: 'alert-raised' }>>().toEqualTypeOf<AlertRaised>()
expectTypeOf<MetricsSampled>().not.toHaveProperty('seq')

// @ts-expect-error -- there is no such rule
monitor({ alerts: [{ type: 'slow', above: 1 }] })
// @ts-expect-error -- a rule says its bound
monitor({ alerts: [{ type: 'failure-rate' }] })
