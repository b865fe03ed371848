import type * as t from 'io-ts'
import { closed } from '../../../model/codec/closed.js'
import { described } from '../../../model/codec/described.js'
import { integer, text } from '../../../model/codec/values.js'
import { withSchema } from '../../../model/codec/withSchema.js'
import { longestDelayMs } from '../../../model/limits.js'
import { RunParams } from '../runParams.js'

/** How long a service may take until it is ready when its plan does not say. */
export const defaultReadyMs = 30_000

const port = integer({ minimum: 1, maximum: 65_535 })

// A service runs on this machine: elsewhere something else would answer, and a plan could look around in a network.
const ofThisMachine = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?([/?]\S*)?$/
const url = withSchema(
  'an address of this machine, such as "http://localhost:3000/"',
  { type: 'string', pattern: ofThisMachine.source },
  (value): value is string => typeof value === 'string' && ofThisMachine.test(value) && URL.canParse(value),
)

/** When a service is ready: the reader of plans sees to it that exactly one of the three is given. */
export const Ready = closed(
  'what decides that a service is ready',
  {},
  {
    line: described(text({ minLength: 1 }), 'It has written a line that contains this text.'),
    port: described(port, 'It accepts connections on this port.'),
    url: described(url, 'A GET of it is answered with a status below 400.'),
    timeoutMs: described(integer({ minimum: 1, maximum: longestDelayMs }), 'The attempt fails if it takes longer, in ms. Default: 30000.'),
  },
)
export type Ready = t.TypeOf<typeof Ready>

/** What `shell.run` is given as a service. */
export const ServiceParams = closed(RunParams.name, { ...RunParams.required, ready: Ready }, RunParams.optional)
export type ServiceParams = t.TypeOf<typeof ServiceParams>

/** What its dependents can refer to. */
export const ServiceResult = closed(
  'the result of a service',
  {},
  {
    line: described(text(), 'The line that showed it was ready.'),
    url: described(text(), 'The address that showed it, or the first one in that line.'),
    port: described(port, 'The port that showed it, or that of the address.'),
  },
)
export type ServiceResult = t.TypeOf<typeof ServiceResult>
