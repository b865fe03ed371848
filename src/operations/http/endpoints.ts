import { isIP } from 'node:net'

/** Says whether a host may be requested at a port whatever its address is. */
export type EndpointPolicy = (host: string, port: number) => boolean

export const noEndpoints: EndpointPolicy = () => false

/** The endpoints that `HOST:PORT` names, such as `localhost:3000` or `[::1]:8080`; the first that is none, as a `RangeError`. */
export function endpointsOf(texts: readonly string[]): EndpointPolicy | RangeError {
  const allowed = new Set<string>()
  for (const text of texts) {
    const [, host = '', port = ''] = /^(\[[^\]]+\]|[^:/\s]+):(\d{1,5})$/.exec(text) ?? []
    const bracketed = host.startsWith('[')
    if (host === '' || Number(port) < 1 || Number(port) > 65_535 || (bracketed && isIP(bare(host)) !== 6))
      return new RangeError(`${JSON.stringify(text)} is not a host with a port, such as localhost:3000 or [::1]:8080.`)
    allowed.add(keyOf(host, Number(port)))
  }
  return (host, port) => allowed.has(keyOf(host, port))
}

/** The port of a URL, said or not. */
export function portOf({ protocol, port }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}

// A server of this machine is asked for by any of its names.
const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1'])

function keyOf(host: string, port: number): string {
  const name = bare(host).toLowerCase()
  return `${loopback.has(name) ? 'localhost' : name}:${port}`
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '')
}
