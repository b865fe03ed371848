import { expectTypeOf } from 'expect-type'
import type { Observable } from 'rxjs'
import type { BatchEvent } from '../../../src/model/event.js'
import type { TrendChanged } from '../../../src/model/metrics/monitorEvent.js'
import { trends } from '../../../src/monitor/trends.js'
import { ofType } from '../../../src/operators/ofType.js'

declare const events: Observable<BatchEvent>

expectTypeOf(events.pipe(trends())).toEqualTypeOf<Observable<BatchEvent | TrendChanged>>()
expectTypeOf(events.pipe(trends(), ofType('trend-changed'))).toEqualTypeOf<Observable<TrendChanged>>()
expectTypeOf<TrendChanged['trend']['direction']>().toEqualTypeOf<'rising' | 'falling' | 'steady' | 'unsettled'>()
