// @limit 900
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { anyMoment, killAndResume } from './killing.js'

// Each run takes a process of its own.

const test = suite('kills of a run of 400 operations')

test('whatever the moment, what was acknowledged is not done again, nothing is lost, and every value is right', async () => {
  for (let seed = 1; seed <= 4; seed++) assert.equal(await killAndResume(seed, 3, anyMoment), [])
})

test.run()
