import { expectTypeOf } from 'expect-type'
import { type Observable, of } from 'rxjs'
import type { BatchEvent } from '../../../src/model/event.js'
import { operation } from '../../../src/model/code/createOperation.js'
import { runOperations } from '../../../src/operators/runOperations.js'

const operations$ = of(operation('a', () => 7))

expectTypeOf(operations$.pipe(runOperations({ buffer: 5 }))).toEqualTypeOf<Observable<BatchEvent>>()
// @ts-expect-error -- a buffer is a number of operations
runOperations({ buffer: 'large' })
