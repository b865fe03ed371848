import * as E from 'fp-ts/lib/Either.js'
import { from, NEVER, of, throwError } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { observeWork } from '../../../src/engine/attempts/observeWork.js'

const test = suite('listenTo')

async function heard(work: unknown): Promise<readonly unknown[]> {
  return new Promise(
    (resolve) => void observeWork(work, { gave: (value) => resolve(['gave', value]), threw: (thrown) => resolve(['threw', thrown]) }),
  )
}

async function* generated(): AsyncGenerator<number> {
  yield 1
  yield await Promise.resolve(2)
}

const rows: readonly [title: string, work: () => unknown, heard: readonly unknown[]][] = [
  ['a plain value', () => 5, ['gave', 5]],
  ['undefined', () => undefined, ['gave', undefined]],
  ['an object that only looks like work', () => ({ then: 1, subscribe: 'no' }), ['gave', { then: 1, subscribe: 'no' }]],
  ['a promise', () => Promise.resolve('p'), ['gave', 'p']],
  ['a rejected promise', () => Promise.reject(new Error('r')), ['threw', new Error('r')]],
  ['the last value of an observable', () => from([1, 2, 3]), ['gave', 3]],
  ['an observable without values', () => of(), ['gave', undefined]],
  ['an observable that errors', () => throwError(() => 'bad'), ['threw', 'bad']],
  ['the last value of an async iterable', () => generated(), ['gave', 2]],
  ['a TaskEither that succeeds', () => () => Promise.resolve(E.right('yes')), ['gave', 'yes']],
  ['a TaskEither that fails', () => () => Promise.resolve(E.left('no')), ['threw', 'no']],
  ['a function that gives a promise', () => () => Promise.resolve(4), ['gave', 4]],
  ['an Either that no function gave, as the value it is', () => E.right(1), ['gave', E.right(1)]],
]
for (const [title, work, expected] of rows)
  test(`hears ${title}`, async () => {
    const actual = await heard(work())
    assert.equal(actual.map(told), expected.map(told))
  })

test('stops an observable at once', () => {
  const told: string[] = []
  const stop = observeWork(NEVER, { gave: () => told.push('gave'), threw: () => told.push('threw') })
  stop?.()
  assert.equal(told, ['threw'])
})

test("stops the platform's observable, which gives back no subscription, by its signal", () => {
  const told: string[] = []
  const signals: AbortSignal[] = []
  const source = { subscribe: (_observer: object, options: { readonly signal: AbortSignal }) => void signals.push(options.signal) }
  const stop = observeWork(source, { gave: () => told.push('gave'), threw: () => told.push('threw') })
  assert.equal(
    signals.map(({ aborted }) => aborted),
    [false],
  )
  stop?.()
  assert.equal(
    signals.map(({ aborted }) => aborted),
    [true],
  )
  assert.equal(told, ['threw'])
})

test('stops an async iterable by its return()', async () => {
  let returned = false
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise<IteratorResult<number>>(() => undefined),
      return: () => {
        returned = true
        return Promise.resolve({ done: true as const, value: undefined })
      },
    }),
  }
  await new Promise<void>((resolve) => {
    const stop = observeWork(source, { gave: () => resolve(), threw: () => resolve() })
    stop?.()
  })
  assert.ok(returned)
})

// uvu takes any two errors for the same: compare what they say.
function told(value: unknown): unknown {
  return value instanceof Error ? `${value.name}: ${value.message}` : value
}

test.run()
