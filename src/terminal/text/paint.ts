import { styleText } from 'node:util'

/** What a piece of text means; the colours are chosen here alone. */
export type Tone = 'good' | 'bad' | 'caution' | 'faint' | 'strong' | 'plain'

export type Paint = (tone: Tone, text: string) => string

const formats = {
  good: 'green',
  bad: 'red',
  caution: 'yellow',
  faint: 'dim',
  strong: 'bold',
} as const satisfies Record<Exclude<Tone, 'plain'>, Parameters<typeof styleText>[0]>

export const unpainted: Paint = (_tone, text) => text

// Whether to paint was decided by `wantsColour`; styleText alone would look at stdout, also for what goes to stderr.
export const painted: Paint = (tone, text) =>
  tone === 'plain' || text === '' ? text : styleText(formats[tone], text, { validateStream: false })

/** Colours go to a terminal, unless told otherwise: `--no-color`, then FORCE_COLOR, then NO_COLOR. */
export function wantsColour(
  stream: { readonly isTTY?: boolean },
  env: { readonly [name: string]: string | undefined },
  allowed: boolean,
): boolean {
  if (!allowed) return false
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false'
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}
