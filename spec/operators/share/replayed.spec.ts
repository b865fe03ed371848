import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { replayed } from '../../../src/operators/share/replayed.js'

const test = suite('replayed')

interface Heard {
  readonly values: unknown[]
  end: unknown
}

function listen(log: ReturnType<typeof replayed<number>>, on: (value: number) => void = () => undefined): Heard & { leave(): void } {
  const heard: Heard = { values: [], end: undefined }
  const subscription = log.values$.subscribe({
    next(value) {
      heard.values.push(value)
      on(value)
    },
    error: (error: unknown) => void (heard.end = error),
    complete: () => void (heard.end = 'complete'),
  })
  return Object.assign(heard, { leave: () => subscription.unsubscribe() })
}

test('gives all values to those who were there and to those who come late', () => {
  const log = replayed<number>()
  const early = listen(log)
  log.next(1)
  log.next(2)
  const late = listen(log)
  log.next(3)
  log.end()
  const last = listen(log)
  for (const { values, end } of [early, late, last]) assert.equal({ values, end }, { values: [1, 2, 3], end: 'complete' })
})

test('gives the error after the values, also to those who come late', () => {
  const log = replayed<number>()
  const error = new RangeError('no bed')
  const early = listen(log)
  log.next(1)
  log.end({ error })
  const late = listen(log)
  for (const { values, end } of [early, late]) {
    assert.equal(values, [1])
    assert.is(end, error)
  }
})

test('keeps the order for all when a subscriber causes values', () => {
  const log = replayed<number>()
  const first = listen(log, (value) => {
    if (value === 1) log.next(2)
  })
  const second = listen(log)
  log.next(1)
  assert.equal(first.values, [1, 2])
  assert.equal(second.values, [1, 2])
})

test('keeps the order when values are caused by one that is being replayed', () => {
  const log = replayed<number>()
  for (const value of [1, 2, 3]) log.next(value)
  const early = listen(log)
  const late = listen(log, (value) => {
    if (value === 1) log.next(4)
    if (value === 2) log.end()
  })
  assert.equal(early.values, [1, 2, 3, 4])
  assert.equal(late.values, [1, 2, 3, 4])
  assert.is(late.end, 'complete')
})

test('tells one that left nothing more, and the others all', () => {
  const log = replayed<number>()
  const staying = listen(log)
  const leaving: ReturnType<typeof listen> = listen(log, (value) => {
    if (value === 2) leaving.leave()
  })
  for (const value of [1, 2, 3]) log.next(value)
  log.end()
  assert.equal(leaving.values, [1, 2])
  assert.is(leaving.end, undefined)
  assert.equal(staying.values, [1, 2, 3])
})

test.run()
