import { expectTypeOf } from 'expect-type'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { of, type Observable } from 'rxjs'
import { defineOperation, operation, refer, runBatch, valueOf, type Operation, type Outcome } from '../../../src/index.js'
import { closed, text, integer } from '../../../src/codec.js'

// What an operation gives follows from its work, whatever form that has.
expectTypeOf(operation('a', () => 1)).toEqualTypeOf<Operation<number>>()
expectTypeOf(operation('a', () => Promise.resolve('x'))).toEqualTypeOf<Operation<string>>()
expectTypeOf(operation('a', (): Observable<boolean> => of(true))).toEqualTypeOf<Operation<boolean>>()
expectTypeOf(operation('a', (): TaskEither<Error, number[]> => () => Promise.resolve({ _tag: 'Right', right: [1] }))).toEqualTypeOf<
  Operation<number[]>
>()
expectTypeOf(
  operation('a', async function* () {
    yield await Promise.resolve(1n)
  }),
).toEqualTypeOf<Operation<bigint>>()

// What it is given follows from what it needs.
const list = operation('list', () => ['a', 'b'])
const count = operation('count', () => 2)
operation('both', { list, count }, ({ list, count }) => {
  expectTypeOf(list).toEqualTypeOf<string[]>()
  expectTypeOf(count).toEqualTypeOf<number>()
})
operation('after', { count }, ({ count }) => expectTypeOf(count).toEqualTypeOf<Outcome<number>>(), { when: 'settled' })

// @ts-expect-error -- it does not need "list"
operation('both', { count }, ({ list }) => list)

// A fan-out is given the items of the list, and gives a list.
const lengths = operation.each('lengths', list, (item) => {
  expectTypeOf(item).toEqualTypeOf<string>()
  return Promise.resolve(item.length)
})
expectTypeOf(lengths).toEqualTypeOf<Operation<readonly number[]>>()

// @ts-expect-error -- a number has no items
operation.each('lengths', count, (item) => item)

// A builder takes params of its codec, or references to values of their types.
const repeat = defineOperation({
  type: 'word',
  operation: 'repeat',
  summary: 'Repeats a word.',
  params: closed('params of word.repeat', { word: text(), times: integer() }, {}),
  result: text(),
  emits: { repeated: integer() },
  perform: ({ word, times }, context) => {
    context.emit('repeated', times)
    // @ts-expect-error -- it declares no event of this name
    context.emit('other', times)
    // @ts-expect-error -- the data of this event is a number
    context.emit('repeated', word)
    return word.repeat(times)
  },
})
const source = operation('source', () => ({ word: 'ab', times: 2 }))
expectTypeOf(repeat('r', { word: 'a', times: 1 })).toEqualTypeOf<Operation<string>>()
expectTypeOf(repeat('r', { word: refer(source, 'word'), times: refer(source, 'times') })).toEqualTypeOf<Operation<string>>()
repeat('r', { word: { $template: '{{source.word}}!' }, times: 1 })

// @ts-expect-error -- "times" is a number
repeat('r', { word: 'a', times: 'b' })
// @ts-expect-error -- the reference becomes a number, "word" is text
repeat('r', { word: refer(source, 'times'), times: 1 })
// @ts-expect-error -- the result of "source" has no such field
refer(source, 'letters')

expectTypeOf(runBatch([count]).pipe(valueOf(count))).toEqualTypeOf<Observable<number>>()
