import { expectTypeOf } from 'expect-type'
import type { Observable } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import type { OperationSnapshot } from '../../../src/operators/snapshot/operationSnapshot.js'
import { operationOf, type Snapshot } from '../../../src/operators/snapshot/snapshot.js'
import { snapshots } from '../../../src/operators/snapshots.js'

expectTypeOf(runBatch([]).pipe(snapshots({ everyMs: 100 }))).toEqualTypeOf<Observable<Snapshot>>()

declare const snapshot: Snapshot
const found = operationOf(snapshot, 'a')

expectTypeOf(found).toEqualTypeOf<OperationSnapshot | undefined>()
if (found?.state === 'failed') expectTypeOf(found.error.message).toBeString()
// @ts-expect-error -- only one that failed or waits for its next attempt has an error
if (found?.state === 'running') expectTypeOf(found.error)
// @ts-expect-error -- a snapshot is frozen
snapshot.phase = 'idle'
// @ts-expect-error -- its counts are too
snapshot.counts.ready = 1
