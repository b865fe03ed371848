import { expectTypeOf } from 'expect-type'
import type { Observable } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import type { Summary } from '../../../src/model/summary.js'
import { summarize, type Report } from '../../../src/operators/summarize.js'

expectTypeOf(runBatch([]).pipe(summarize())).toEqualTypeOf<Observable<Report>>()
expectTypeOf<Report>().toExtend<Summary>()
