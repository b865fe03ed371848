import { styleText } from 'node:util'

/** What a piece of text means; the colours are chosen here alone. */
export type Tone = 'good' | 'bad' | 'caution' | 'faint' | 'strong' | 'plain' | Hue

/** Colours that mean nothing: they tell one name from another. */
export type Hue = (typeof hues)[number]

const hues = ['cyan', 'magenta', 'blue', 'cyanBright', 'magentaBright', 'blueBright'] as const

export type Paint = (tone: Tone, text: string) => string

const formats = {
  good: 'green',
  bad: 'red',
  caution: 'yellow',
  faint: 'dim',
  strong: 'bold',
} as const satisfies Record<Exclude<Tone, 'plain' | Hue>, Parameters<typeof styleText>[0]>

export const unpainted: Paint = (_tone, text) => text

// Whether to paint was decided by `wantsColour`; styleText alone would look at stdout, also for what goes to stderr.
export const painted: Paint = (tone, text) =>
  tone === 'plain' || text === '' ? text : styleText(isHue(tone) ? tone : formats[tone], text, { validateStream: false })

function isHue(tone: Tone): tone is Hue {
  return (hues as readonly Tone[]).includes(tone)
}

/** The same colour for the same name, in every run. */
export function hueOf(name: string): Hue {
  let sum = 0
  for (let index = 0; index < name.length; index++) sum = (sum * 31 + name.charCodeAt(index)) >>> 0
  return hues[sum % hues.length]!
}

/** How to paint what goes to a stream; `allowed` is false with `--no-color`. */
export function paintOf(stream: { readonly isTTY?: boolean }, allowed: boolean): Paint {
  return wantsColour(stream, process.env, allowed) ? painted : unpainted
}

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
