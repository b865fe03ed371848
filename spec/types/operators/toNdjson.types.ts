import { expectTypeOf } from 'expect-type'
import { type Observable, of } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import { toNdjson } from '../../../src/operators/toNdjson.js'

expectTypeOf(runBatch([]).pipe(toNdjson())).toEqualTypeOf<Observable<string>>()
expectTypeOf(of(7).pipe(toNdjson())).toEqualTypeOf<Observable<string>>()
