import { expectTypeOf } from 'expect-type'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { runBatch } from '../../../src/engine/runBatch.js'
import type { InvalidPlanError } from '../../../src/engine/invalidPlanError.js'
import { startBatch } from '../../../src/operators/startBatch.js'
import type { Report } from '../../../src/operators/summarize.js'
import { toTaskEither } from '../../../src/operators/toTaskEither.js'

expectTypeOf(toTaskEither(runBatch([]))).toEqualTypeOf<TE.TaskEither<InvalidPlanError, Report>>()
expectTypeOf(toTaskEither).toBeCallableWith(startBatch([]).events$)
