import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { decodingFaults } from '../../graph/decodingFaults.js'
import { closed } from '../../model/codec/closed.js'
import { dictionaryOf } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { describeFault } from '../../model/describeFault.js'
import type { PlanFault } from '../../model/fault.js'
import { quoteText } from '../../model/quote.js'
import { ServerConfig } from '../../operations/tool/serverConfig.js'

/** The configuration file. */
export const Config = closed(
  'the configuration',
  {},
  { mcpServers: described(dictionaryOf(ServerConfig), 'Downstream servers whose tools plans may use, by name.') },
)
export type Config = t.TypeOf<typeof Config>

/** A configuration from the text of its file; a `Left` says everything that is wrong with it. */
export function readConfig(text: string, file: string): E.Either<string, Config> {
  const value = parsed(text)
  if (value instanceof SyntaxError) return E.left(`${file}: it is not JSON: ${value.message}.`)
  const decoded = Config.decode(value)
  if (decoded._tag === 'Left')
    return E.left(
      decodingFaults(decoded.left, value, [])
        .map((fault) => `${file}: ${describeFault(fault)}`)
        .join('\n'),
    )
  const unfit = Object.keys(decoded.right.mcpServers ?? {}).filter((name) => name === '' || /[.\s*]/u.test(name))
  return unfit.length === 0 ? decoded : E.left(unfit.map((name) => `${file}: ${describeFault(nameFault(name))}`).join('\n'))
}

// A plan names a tool as `server.tool`, so a dot in the first part would be read as the end of it.
function nameFault(name: string): PlanFault {
  const expected = 'the name of a server, without ".", "*" and white space'
  return { type: 'invalid-value', at: ['mcpServers', quoteText(name)], expected, received: name }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return error
    throw error
  }
}
