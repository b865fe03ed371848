import { expectTypeOf } from 'expect-type'
import type { Observable } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import { operation } from '../../../src/model/code/createOperation.js'
import type { Outcome } from '../../../src/model/outcome.js'
import { outcomeOf } from '../../../src/operators/outcomeOf.js'

const run = runBatch([])
const words = operation('words', () => ['mill', 'race'])

expectTypeOf(run.pipe(outcomeOf(words))).toEqualTypeOf<Observable<Outcome<string[]>>>()
expectTypeOf(run.pipe(outcomeOf('words'))).toEqualTypeOf<Observable<Outcome>>()
expectTypeOf(run.pipe(outcomeOf({ id: 'words' }))).toEqualTypeOf<Observable<Outcome>>()

// @ts-expect-error -- an id is text
outcomeOf(7)
