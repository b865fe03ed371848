// @needs redis-server
// @limit 600
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { killing, type Victim } from './killing.js'

const test = suite('kills')
const size = 200

const victims: readonly Victim[] = ['a worker', 'all workers', 'the run', 'Redis', 'Redis with all it held']
for (const victim of victims)
  test(`everything ends when ${victim} is killed, and nothing is done twice that the log does not tell`, async () => {
    const { executions, attempts, succeeded, silentDoubles, said, failures } = await killing({
      victim,
      size,
      ms: 5,
      workers: 2,
      slots: 4,
      kills: 1,
      times: 'short',
    })
    assert.is(succeeded, size, JSON.stringify(failures))
    assert.is(said, '!')
    assert.is(silentDoubles, 0)
    assert.ok(executions - size <= attempts - size, `${executions} executions, ${attempts} attempts`)
  })

test.run()
