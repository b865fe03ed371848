// @needs redis-server
// @limit 600
import { suite } from 'uvu'
import { everythingEnds, nameOf } from './everythingEnds.js'

const test = suite('kills of Redis')

for (const victim of ['Redis', 'Redis with all it held'] as const) test(nameOf(victim), () => everythingEnds(victim))

test.run()
