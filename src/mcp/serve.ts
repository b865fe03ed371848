export { readConfig, type Config } from '../operations/config/config.js'
export { UnusableSettings } from './host.js'
import { rootsGiven, toolHost, type HostOptions } from './host.js'
import { removeAbandoned } from '../operations/file/write/removeAbandoned.js'
import { hostOfClient, oneHost } from './serve/hosts.js'
import { serveOnStdio } from './serve/stdio.js'

/** How the server is started. */
export interface ServeOptions extends HostOptions {
  readonly version: string
  /** Serves over HTTP on this port of 127.0.0.1, 0 being any, instead of stdin and stdout. */
  readonly port?: number
  /** What clients over HTTP must know. Default: made for this start, and told to `log`. */
  readonly token?: string
  /** Whether the client's own roots are served instead, where it names some. Over stdin and stdout only: there one client is served. */
  readonly rootsOfClient?: boolean
  /** Aborted when the process is told to end. */
  readonly stop: AbortSignal
  readonly log: (text: string) => void
}

/** Serves the tools on stdin and stdout until the client has gone or `stop` is aborted, and is done once no work is left. */
export async function serve(options: ServeOptions): Promise<void> {
  const { version, stop, log, rootsOfClient = false } = options
  await removeAbandoned(rootsGiven(options))
  // Also where the client may name other roots: what is wrong with the settings is said at the start.
  const host = toolHost(options)
  const hosts = rootsOfClient ? hostOfClient(options, host, log) : oneHost(host)
  await serveOnStdio(hosts, version, stop, log)
}
