import * as assert from 'uvu/assert'
import { killing, type Victim } from './killing.js'

const size = 1_000

/** The name of a test, and the test: thousand operations at two workers, and one kill half way. */
export const nameOf = (victim: Victim): string =>
  `everything ends when ${victim} is killed, and nothing is done twice that the log does not tell`

export async function everythingEnds(victim: Victim): Promise<void> {
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
}
