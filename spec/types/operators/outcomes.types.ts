import { expectTypeOf } from 'expect-type'
import type { Observable } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import type { Outcome } from '../../../src/model/outcome.js'
import { outcomes, type OperationOutcome } from '../../../src/operators/outcomes.js'

const ended$ = runBatch([]).pipe(outcomes())

expectTypeOf(ended$).toEqualTypeOf<Observable<OperationOutcome>>()
expectTypeOf<OperationOutcome['outcome']>().toEqualTypeOf<Outcome>()
