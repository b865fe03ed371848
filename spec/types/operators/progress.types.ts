import { expectTypeOf } from 'expect-type'
import type { Observable } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import { progress, type Progress } from '../../../src/operators/progress.js'

expectTypeOf(runBatch([]).pipe(progress())).toEqualTypeOf<Observable<Progress>>()

declare const step: Progress
// @ts-expect-error -- a step does not change
step.ended = 1
