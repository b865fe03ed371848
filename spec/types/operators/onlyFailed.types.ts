import { expectTypeOf } from 'expect-type'
import type { Observable } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import type { OperationFailed } from '../../../src/model/event.js'
import { onlyFailed } from '../../../src/operators/onlyFailed.js'

const failed$ = runBatch([]).pipe(onlyFailed())

expectTypeOf(failed$).toEqualTypeOf<Observable<OperationFailed>>()
