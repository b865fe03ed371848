import { expectTypeOf } from 'expect-type'
import { filter, type Observable } from 'rxjs'
import type { BatchEvent } from '../../../src/model/event.js'
import { monitor } from '../../../src/monitor/monitor.js'
import type { AlertRaised, MetricsSampled, MonitorEvent } from '../../../src/monitor/monitorEvent.js'

declare const events: Observable<BatchEvent>

expectTypeOf(events.pipe(monitor())).toEqualTypeOf<Observable<BatchEvent | MonitorEvent>>()
expectTypeOf(
  events.pipe(
    monitor({ every: 1_000 }),
    filter((event) => event.type === 'metrics-sampled'),
  ),
).toEqualTypeOf<Observable<MetricsSampled>>()
expectTypeOf<Extract<MonitorEvent, { type: 'alert-raised' }>>().toEqualTypeOf<AlertRaised>()
expectTypeOf<MetricsSampled>().not.toHaveProperty('seq')

// @ts-expect-error -- there is no such rule
monitor({ alerts: [{ type: 'slow', above: 1 }] })
// @ts-expect-error -- a rule says its bound
monitor({ alerts: [{ type: 'failure-rate' }] })
