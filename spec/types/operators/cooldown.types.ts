import { expectTypeOf } from 'expect-type'
import { of, type Observable } from 'rxjs'
import { cooldown } from '../../../src/index.js'

const words = of('mill', 'race')

expectTypeOf(
  words.pipe(cooldown((word, index) => of({ word, index }), { concurrency: 1, waitMs: (_error, word) => word.length })),
).toEqualTypeOf<Observable<{ word: string; index: number }>>()
// @ts-expect-error -- what a wait is has to be said
words.pipe(cooldown(() => of(1), { concurrency: 1 }))
