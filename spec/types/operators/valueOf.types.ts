import { expectTypeOf } from 'expect-type'
import { type Observable, of } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import { operation } from '../../../src/model/code/createOperation.js'
import { valueOf } from '../../../src/operators/valueOf.js'

const run = runBatch([])
const words = operation('words', () => Promise.resolve(['mill', 'race']))

expectTypeOf(run.pipe(valueOf(words))).toEqualTypeOf<Observable<string[]>>()
expectTypeOf(run.pipe(valueOf(operation('last', () => of(1, 2))))).toEqualTypeOf<Observable<number>>()
expectTypeOf(run.pipe(valueOf('words'))).toEqualTypeOf<Observable<unknown>>()
expectTypeOf(run.pipe(valueOf({ id: 'words' }))).toEqualTypeOf<Observable<unknown>>()

// @ts-expect-error -- an id is text
valueOf(7)
