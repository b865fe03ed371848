import { expectTypeOf } from 'expect-type'
import type { Observable } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import { values, type OperationValue } from '../../../src/operators/values.js'

expectTypeOf(runBatch([]).pipe(values())).toEqualTypeOf<Observable<OperationValue>>()
expectTypeOf<OperationValue['value']>().toBeUnknown()
