import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { outcomeToEither } from '../../src/operators/outcomeToEither.js'
import { broken } from './events.js'

const test = suite('outcomeToEither')

test('has the value on the right, and every other outcome as it is on the left', () => {
  const failed = { type: 'failed', error: broken } as const
  const skipped = { type: 'skipped', reason: 'gate', because: [] } as const
  assert.equal(outcomeToEither({ type: 'succeeded', value: 7 }), E.right(7))
  assert.equal([failed, skipped].map(outcomeToEither), [E.left(failed), E.left(skipped)])
})

test.run()
