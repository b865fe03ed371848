import { expectTypeOf } from 'expect-type'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import type { Observable } from 'rxjs'
import { fromTaskEither } from '../../../src/operators/fromTaskEither.js'

declare const task: TE.TaskEither<RangeError, number>

expectTypeOf(fromTaskEither(task)).toEqualTypeOf<Observable<number>>()
// @ts-expect-error -- a promise has started already
fromTaskEither(Promise.resolve(7))
