import { get as getPlain } from 'node:http'
import { get as getSecure } from 'node:https'
import { connect } from 'node:net'

/** Looks once whether a service is there. */
export type Probe = (signal: AbortSignal) => Promise<boolean>

/** How long one look may take: a server that is still busy starting may accept a connection and say nothing. */
const longestLookMs = 2_000
const betweenMs = 100

/** Some servers listen on one of the two alone. */
const ownAddresses = ['127.0.0.1', '::1'] as const

/** Whether anything on this machine accepts connections on a port. */
export function portProbe(port: number): Probe {
  return async (signal) => (await Promise.all(ownAddresses.map((host) => accepts(host, port, signal)))).includes(true)
}

function accepts(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (accepted: boolean): void => {
      signal.removeEventListener('abort', giveUp)
      socket.destroy()
      resolve(accepted)
    }
    const giveUp = (): void => end(false)
    signal.addEventListener('abort', giveUp, { once: true })
    socket.setTimeout(longestLookMs, giveUp)
    socket.once('connect', () => end(true))
    socket.on('error', giveUp) // Nobody listens there yet.
  })
}

/** Whether a GET of an address is answered with a status below 400. Redirects are answers. */
export function urlProbe(url: string): Probe {
  return (signal) =>
    new Promise((resolve) => {
      // A server under development has a certificate of its own making, and nothing is sent to it.
      const options = { agent: false, timeout: longestLookMs, rejectUnauthorized: false } as const
      const request = (url.startsWith('https:') ? getSecure : getPlain)(url, options, ({ statusCode = 0 }) => end(statusCode < 400))
      const end = (answered: boolean): void => {
        signal.removeEventListener('abort', giveUp)
        request.destroy()
        resolve(answered)
      }
      const giveUp = (): void => end(false)
      signal.addEventListener('abort', giveUp, { once: true })
      request.on('timeout', giveUp)
      request.on('error', giveUp) // No answer yet.
    })
}

/** Looks again and again; resolves with false when the signal is aborted first. */
export async function untilThere(probe: Probe, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await probe(signal)) return !signal.aborted
    await pause(signal)
  }
  return false
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, betweenMs)
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
  })
}
