/** What no sink may show: its core stands far enough from both ends to be found in any encoding, also where an end was cut. */
export const core = 'Canary7f3aQxZ'
export const canary = `k"${core}\\é /+&=%<9`

export interface Encoded {
  readonly name: string
  readonly text: string
}

const bytes = Buffer.from(canary)
const json = JSON.stringify(canary).slice(1, -1)

/** The canary as programs write it. */
export const encodings: readonly Encoded[] = [
  { name: 'as it is', text: canary },
  { name: 'in JSON', text: json },
  { name: 'in JSON within JSON', text: JSON.stringify(json).slice(1, -1) },
  { name: 'in a URL', text: encodeURIComponent(canary) },
  { name: 'in hex', text: bytes.toString('hex') },
  { name: 'in HEX', text: bytes.toString('hex').toUpperCase() },
  ...[0, 1, 2].map((offset) => ({
    name: `in base64 after ${offset} bytes`,
    text: Buffer.concat([Buffer.alloc(offset, 'x'), bytes, Buffer.from('yy')]).toString('base64'),
  })),
  { name: 'in base64url', text: Buffer.from(`user:${canary}`).toString('base64url') },
]

/** Whether a text shows the canary, however encoded: everything in it that may be hex or base64 is decoded and looked at. */
export function shows(text: string): boolean {
  if (text.includes(core)) return true
  const hex = text.match(/[0-9a-f]{16,}/gi) ?? []
  if (hex.some((run) => [run, run.slice(1)].some((each) => Buffer.from(each, 'hex').includes(core)))) return true
  const base64 = text.match(/[\w+/-]{12,}/g) ?? []
  return base64.some((run) => [0, 1, 2, 3].some((start) => Buffer.from(run.slice(start), 'base64').includes(core)))
}
