import { expectTypeOf } from 'expect-type'
import { of, type Observable } from 'rxjs'
import { monitored } from '../../../src/index.js'

const words = of('mill', 'race')

expectTypeOf(words.pipe(monitored('words', ({ values }) => console.log(values)))).toEqualTypeOf<Observable<string>>()
// @ts-expect-error -- samples go somewhere
words.pipe(monitored('words'))
