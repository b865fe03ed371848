import { localhostAllowedOrigins, originValidationResponse } from '@modelcontextprotocol/server'

/** What a page of an allowed origin may send and read: clients that run in a browser ask for it first. */
const allowed = {
  'access-control-allow-methods': 'POST, GET, DELETE, OPTIONS',
  'access-control-allow-headers': 'authorization, content-type, accept, mcp-session-id, mcp-protocol-version, last-event-id',
  'access-control-max-age': '600',
} as const

/** The answer to a preflight, which carries no token; undefined for any other request. */
export function preflight(request: Request): Response | undefined {
  const origin = request.headers.get('origin')
  if (request.method !== 'OPTIONS' || origin === null) return undefined
  const refused = originValidationResponse(request, localhostAllowedOrigins())
  return refused ?? new Response(null, { status: 204, headers: { ...allowed, ...readable(origin) } })
}

/** Lets the page that asked read the answer. Its origin was allowed, or there would be none. */
export function readableBy(request: Request, response: Response): Response {
  const origin = request.headers.get('origin')
  if (origin === null) return response
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(readable(origin))) headers.set(name, value)
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}

function readable(origin: string) {
  return { 'access-control-allow-origin': origin, 'access-control-expose-headers': 'mcp-session-id, www-authenticate', vary: 'origin' }
}
