import { expectTypeOf } from 'expect-type'
import type { Observable } from 'rxjs'
import type { BatchEvent } from '../../../src/model/event.js'
import type { Summary } from '../../../src/model/summary.js'
import type { Snapshot } from '../../../src/operators/snapshot/snapshot.js'
import { startBatch } from '../../../src/operators/startBatch.js'

const run = startBatch([], { concurrency: 2 })

expectTypeOf(run.events$).toEqualTypeOf<Observable<BatchEvent>>()
expectTypeOf(run.snapshot$).toEqualTypeOf<Observable<Snapshot>>()
expectTypeOf(run.done).toEqualTypeOf<Promise<Summary>>()
expectTypeOf(run.cancel).toEqualTypeOf<(reason?: string) => void>()

// @ts-expect-error -- there is no such option
startBatch([], { replay: 5 })
