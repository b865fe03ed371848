import { toolHost, type HostOptions } from './host.js'
import { serveOnStdio } from './serve/stdio.js'

/** How the server is started. */
export interface ServeOptions extends HostOptions {
  readonly version: string
  /** Aborted when the process is told to end. */
  readonly stop: AbortSignal
  readonly log: (text: string) => void
}

/** Serves the tools until the client has gone or `stop` is aborted, and is done once no work is left. */
export async function serve({ version, stop, log, ...options }: ServeOptions): Promise<void> {
  const host = toolHost(options)
  await serveOnStdio(host, version, stop, log)
}
