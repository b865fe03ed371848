export { readConfig, type Config } from '../operations/config/config.js'
import { randomBytes } from 'node:crypto'
import { toolHost, type HostOptions } from './host.js'
import { serveOnStdio } from './serve/stdio.js'

/** How the server is started. */
export interface ServeOptions extends HostOptions {
  readonly version: string
  /** Serves over HTTP on this port of 127.0.0.1, 0 being any, instead of stdin and stdout. */
  readonly port?: number
  /** What clients over HTTP must know. Default: made for this start, and told to `log`. */
  readonly token?: string
  /** Aborted when the process is told to end. */
  readonly stop: AbortSignal
  readonly log: (text: string) => void
}

/** Serves the tools until the client has gone or `stop` is aborted, and is done once no work is left. */
export async function serve(options: ServeOptions): Promise<void> {
  const { version, stop, log, port } = options
  const host = toolHost(options)
  if (port === undefined) return serveOnStdio(host, version, stop, log)
  const [{ serveOnHttp }, { protocolServer }] = await Promise.all([import('./serve/http.js'), import('./serve/server.js')])
  const token = options.token ?? randomBytes(24).toString('base64url')
  const served = await serveOnHttp(host, { makeServer: () => protocolServer(host, version), port, token, log })
  log(`serving on ${served.url}`)
  if (options.token === undefined) log(`the token of this start is ${token}`)
  await new Promise<void>((stopped) => {
    if (stop.aborted) stopped()
    else stop.addEventListener('abort', () => stopped(), { once: true })
  })
  await served.close()
}
