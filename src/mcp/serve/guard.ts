import {
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  originValidationResponse,
} from '@modelcontextprotocol/server'
import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Turns away what is not from this machine's own clients; undefined lets a request in.
 *
 * A web page may send requests to this machine too: its origin tells it, and a host name that was bound to 127.0.0.1 to get around
 * that is told by the host. The token keeps out other users of the machine.
 */
export function guard(token: string): (request: Request) => Response | undefined {
  const expected = digest(token)
  return (request) =>
    hostHeaderValidationResponse(request, localhostAllowedHostnames()) ??
    originValidationResponse(request, localhostAllowedOrigins()) ??
    // Digests are of one length, and are compared in a time that does not depend on where they differ.
    (timingSafeEqual(digest(tokenOf(request.headers.get('authorization') ?? '')), expected) ? undefined : unauthorized())
}

/** The name of the scheme is written in any case (RFC 9110, 11.1). */
function tokenOf(authorization: string): string {
  return /^bearer +(.*)$/i.exec(authorization)?.[1] ?? ''
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function unauthorized(): Response {
  const message =
    'The request has no valid token: send the header "Authorization: Bearer TOKEN" with the token the server was started with.'
  const error = { code: -32000, message }
  return Response.json({ jsonrpc: '2.0', error, id: null }, { status: 401, headers: { 'www-authenticate': 'Bearer' } })
}
