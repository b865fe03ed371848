import { array } from '../../model/codec/collections.js'
import { boolean, oneOf, integer } from '../../model/codec/values.js'
import { described } from '../../model/codec/described.js'
import { withSchema, type WithSchema } from '../../model/codec/withSchema.js'

/** A path as plans write it. What it may reach is judged when it is used. */
export const pathText: WithSchema<string> = withSchema(
  'a path that is not empty and holds no NUL character and no half of a surrogate pair',
  { type: 'string', minLength: 1, maxLength: 4096, pattern: '^[^\\u0000]+$' },
  (value): value is string =>
    typeof value === 'string' && value.length > 0 && value.length <= 4096 && !value.includes('\0') && !/\p{Surrogate}/u.test(value),
)

const octal = /^0?[0-7]{3}$/

/** The permission bits of a file, as chmod writes them. Text, since YAML and JSON read the digits as a decimal number. */
export const modeText: WithSchema<string> = withSchema(
  'a mode of three octal digits, such as "644"',
  { type: 'string', pattern: '^0?[0-7]{3}$' },
  (value): value is string => typeof value === 'string' && octal.test(value),
)

export const Encoding = oneOf('utf8', 'base64')

export const path = described(pathText, 'Relative to the first root, or absolute inside a root.')
export const destination = described(pathText, 'The full new path, not the folder to put it in.')
export const overwrite = described(boolean, 'Replaces what is at the destination, as a whole. Default false.')
export const writtenMode = described(modeText, 'Its permissions, in octal. Default: unchanged, else 666 minus the umask.')

/** What results name a path by: relative in the first root, absolute in another. It can be used as a path again. */
export const resultPath = described(pathText, 'Relative to the first root; absolute in another root.')
export const amount = integer({ minimum: 0 })

export function modeOf(text: string): number {
  return Number.parseInt(text, 8)
}

export function modeTextOf(mode: number): string {
  return (mode & 0o777).toString(8).padStart(3, '0')
}

export const inPlace = described(boolean, 'True when a rename could not replace the file. Readers can have seen a part of it.')
export const notText = described(
  array(resultPath),
  'Folders that hold names that are not UTF-8. No path can name those entries: copy, move or delete the folder, or use a program.',
)
