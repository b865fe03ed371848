import type { Server } from '@modelcontextprotocol/server'
import { toolHost, type Host, type HostOptions } from '../host.js'
import { clientRoots } from './clientRoots.js'

/** Where the tools of a connection get their surroundings. */
export interface Hosts {
  readonly hostFor: (server: Server) => Promise<Host>
  readonly close: (reason: string) => Promise<void>
}

/** One host for every connection. */
export function oneHost(host: Host): Hosts {
  return { hostFor: () => Promise.resolve(host), close: (reason) => host.close(reason) }
}

/** The host of the one client there is: one with the roots that it names, made when it first asks for something, or else `host`. */
export function hostOfClient(options: HostOptions, host: Host, log: (text: string) => void): Hosts {
  let made: Promise<Host> | undefined
  const make = async (server: Server): Promise<Host> => {
    const roots = await clientRoots(server, log)
    if (roots.length > 0) log(`plans can reach ${roots.join(', ')} (roots of the client)`)
    return roots.length > 0 ? toolHost({ ...options, root: roots }) : host
  }
  return {
    hostFor: (server) => (made ??= make(server)),
    close: async (reason) => (await made)?.close(reason),
  }
}
