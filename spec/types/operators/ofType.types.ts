import { expectTypeOf } from 'expect-type'
import type { Observable } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import type { AttemptStarted, OperationFailed, RunFinished } from '../../../src/model/event.js'
import { ofType } from '../../../src/operators/ofType.js'

const run = runBatch([])

expectTypeOf(run.pipe(ofType('run-finished'))).toEqualTypeOf<Observable<RunFinished>>()
expectTypeOf(run.pipe(ofType('attempt-started', 'operation-failed'))).toEqualTypeOf<Observable<AttemptStarted | OperationFailed>>()

// @ts-expect-error -- no event has this type
run.pipe(ofType('operation-finished'))
// @ts-expect-error -- at least one type is named
run.pipe(ofType())
