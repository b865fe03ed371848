import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { workLimit } from '../../../src/operations/tool/workLimit.js'

const test = suite('workLimit')

const open = new AbortController().signal
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

test('no more run at once than may, the others in the order in which they came', async () => {
  const { take } = workLimit(2)
  const started: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) =>
    take(open, () => {
      started.push(name)
      return new Promise<void>((end) => ends.set(name, end))
    })
  const all = ['a', 'b', 'c', 'd'].map(work)
  await settled()
  assert.equal(started, ['a', 'b'])
  ends.get('b')!()
  await settled()
  assert.equal(started, ['a', 'b', 'c'])
  for (const name of ['a', 'c']) ends.get(name)!()
  await settled()
  ends.get('d')!()
  await Promise.all(all)
  assert.equal(started, ['a', 'b', 'c', 'd'])
})

test('who is aborted while waiting leaves the queue, and takes no turn', async () => {
  const { take } = workLimit(1)
  let end: () => void = () => undefined
  const first = take(open, () => new Promise<void>((resolve) => (end = resolve)))
  const leave = new AbortController()
  const second = take(leave.signal, () => Promise.reject(new Error('It must not run.')))
  leave.abort(new Error('enough'))
  assert.is(await second.catch((error: unknown) => (error as Error).message), 'enough')
  end()
  await first
  assert.is(await take(open, () => Promise.resolve('third')), 'third')
})

test('a turn is given back when its work fails', async () => {
  const { take } = workLimit(1)
  assert.is(await take(open, () => Promise.reject(new Error('no'))).catch((error: unknown) => (error as Error).message), 'no')
  assert.is(await take(open, () => Promise.resolve(1)), 1)
})

test.run()
