export { readConfig } from '../operations/config/config.js'
import { randomBytes } from 'node:crypto'
import { removeAbandoned } from '../operations/file/write/removeAbandoned.js'
export { UnusableSettings } from './host.js'
import { rootsGiven, toolHost } from './host.js'
import type { ServeOptions } from './serve.js'
import { serveOnHttp } from './serve/http.js'
import { protocolServer } from './serve/server.js'

/** Serves the tools over HTTP until `stop` is aborted, and is done once no work is left. */
export async function serveHttp(options: ServeOptions): Promise<void> {
  const { version, stop, log, port = 0, token = randomBytes(24).toString('base64url') } = options
  await removeAbandoned(rootsGiven(options))
  const host = toolHost(options)
  const served = await serveOnHttp(host, { makeServer: () => protocolServer(host, version), port, token, log })
  log(`serving on ${served.url}`)
  if (options.token === undefined) log(`the token of this start is ${token}`)
  await new Promise<void>((stopped) => {
    if (stop.aborted) stopped()
    else stop.addEventListener('abort', () => stopped(), { once: true })
  })
  await served.close()
}
