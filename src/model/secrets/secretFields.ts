/**
 * The names of fields whose text is never shown: not in events, logs, errors or the journal.
 *
 * A field counts in any case, and with `-`, `_` or neither between its words. It has to be the whole name: `page_token` and
 * `max_tokens` are not secret. In `env` and headers more names count: see `isSecretVariable`.
 */
export const secretFieldNames: readonly string[] = [
  'access_key',
  'access_token',
  'api_key',
  'api_token',
  'auth_token',
  'authorization',
  'bearer_token',
  'client_secret',
  'connection_string',
  'cookie',
  'credentials',
  'id_token',
  'passphrase',
  'passwd',
  'password',
  'private_key',
  'proxy_authorization',
  'refresh_token',
  'secret',
  'secret_access_key',
  'secret_key',
  'session_token',
  'set_cookie',
  'token',
  'x_api_key',
  'x_auth_token',
]

const bare = (name: string): string => name.replaceAll('_', '').replaceAll('-', '').toLowerCase()
const longest = 64
const bareNames: ReadonlySet<string> = new Set(secretFieldNames.map(bare))
const bareSums: ReadonlySet<number> = new Set([...bareNames].map(bareSum))

export function isSecretField(name: string): boolean {
  return name.length <= longest && mayBeSecret(name) && bareNames.has(bare(name))
}

// Every field of every plan is asked about, and nearly none is one: a sum of its letters says so without another text.
function mayBeSecret(name: string): boolean {
  const sum = bareSum(name)
  return Number.isNaN(sum) || bareSums.has(sum)
}

/** The same for all ways to write a name; NaN where letters beyond ASCII might, in lower case, be of it. */
function bareSum(name: string): number {
  let sum = 0
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at)
    if (code > 0x7f) return NaN
    // The bit that tells small letters from capitals is set.
    if (code !== 0x2d && code !== 0x5f) sum += (code | 0x20) + 0x1000
  }
  return sum
}

/** Stands where a secret was. */
export const concealed = '[secret]'
