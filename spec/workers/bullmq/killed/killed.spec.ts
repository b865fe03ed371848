// @needs redis-server
// @limit 600
import { suite } from 'uvu'
import { everythingEnds, nameOf } from './everythingEnds.js'

const test = suite('kills of processes')

for (const victim of ['a worker', 'all workers', 'the run'] as const) test(nameOf(victim), () => everythingEnds(victim))

test.run()
