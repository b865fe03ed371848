import type * as t from 'io-ts'
import { anyOf, record, array } from '../../model/codec/collections.js'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { oneOf, text, integer } from '../../model/codec/values.js'
import { longestDelayMs } from '../../model/limits.js'

const filled = text({ minLength: 1 })

/** A text, or the name of the environment variable that holds it. */
const Setting = anyOf(text(), closed('a secret', { $secret: filled }, {}))
export type Setting = t.TypeOf<typeof Setting>

const common = {
  tools: described(array(filled), 'The tools that plans can use, with `*` for any characters. Default: all.'),
  concurrency: described(integer({ minimum: 1, maximum: 1_000 }), 'Most calls at once. Default 4.'),
  startTimeoutMs: described(integer({ minimum: 1, maximum: longestDelayMs }), 'Time limit for its start, in ms. Default 30000.'),
}

const Local = closed(
  'a server that is a program',
  { command: filled },
  { type: oneOf('stdio'), args: array(text()), env: record(Setting), cwd: filled, ...common },
)

const Remote = closed(
  'a server at an address',
  { url: filled },
  { type: oneOf('http', 'streamable-http'), headers: record(Setting), ...common },
)

/** A downstream server, in the form in which every client's configuration has it. */
export const ServerConfig = anyOf(Local, Remote)
export type ServerConfig = t.TypeOf<typeof ServerConfig>
export type LocalConfig = t.TypeOf<typeof Local>
export type RemoteConfig = t.TypeOf<typeof Remote>
