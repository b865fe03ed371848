import { expectTypeOf } from 'expect-type'
import { of, type Observable } from 'rxjs'
import { mergeMapPool } from '../../../src/index.js'

const words = of('mill', 'race')

expectTypeOf(words.pipe(mergeMapPool((word) => Promise.resolve(word.length), { concurrency: 2 }))).toEqualTypeOf<Observable<number>>()
expectTypeOf(words.pipe(mergeMapPool((word) => [word], { concurrency: of(2), weight: (word) => word.length }))).toEqualTypeOf<
  Observable<string>
>()
// @ts-expect-error -- how many at once has to be said
words.pipe(mergeMapPool(() => of(1), {}))
// @ts-expect-error -- there is no such priority
words.pipe(mergeMapPool(() => of(1), { concurrency: 1, priority: () => 'urgent' }))
