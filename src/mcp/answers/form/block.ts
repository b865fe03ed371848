import { isPlainObject, setOwn } from '../../../model/codec/plainObject.js'
import { estimateTokens } from '../../size/estimateTokens.js'
import { jsonBody, layoutOf, listBody, textBody, type ToldBody, type TextTraits } from './body.js'
import { showPath } from './label.js'
import { compactJson } from './compactJson.js'

/** What an answer tells of one thing: lines, and what stands below them under labels of its own. */
export interface AnswerBlock {
  /** What asks for all of it. */
  readonly path: string
  readonly lines: readonly string[]
  readonly bodies: readonly ToldBody[]
  /** Whether the lines only name the bodies, and say nothing without them. */
  readonly naming: boolean
  /** The same in parts small enough to be told in pieces; only where its JSON is too large to come first. */
  readonly split?: () => AnswerBlock
}

/** What is known of a value, or of a member of it, from the operation that made it. */
export interface ValueTraits extends TextTraits {
  readonly found?: 'matches' | 'paths'
  /** The one other key of a value that only names its texts. */
  readonly naming?: string
}

export interface FormOptions {
  /** What stands between path and value: `after 3 attempts`. */
  readonly note?: string
  readonly traits?: ValueTraits
  /** What is known of the members. */
  readonly traitsOf?: (key: string) => ValueTraits
  /** Whether the path of a member leads to it: without one it stays in the JSON. */
  readonly leads?: (path: string) => boolean
}

/** JSON above this takes part in the sharing of an answer's room. */
export const mostLineTokens = 400

/** Text above this stands below the line, whatever it holds. */
const mostQuoted = 200

/** Lays out a value: one line of JSON, and below it the texts and lists that are better read as they are. */
export function valueBlock(path: string, value: unknown, options: FormOptions = {}): AnswerBlock {
  const { note, traits = {} } = options
  const name = `${showPath(path)}${note === undefined ? '' : ` ${note}`}`
  const alone = bodyOf(path, value, traits)
  if (alone !== undefined) return { path, lines: note === undefined ? [] : [name], bodies: [alone], naming: note === undefined }
  const { rest, bodies } = isPlainObject(value) ? takenApart(path, value, options) : { rest: value, bodies: [] }
  const empty = isPlainObject(rest) && Object.keys(rest).length === 0 && bodies.length > 0
  if (empty) return { path, lines: note === undefined ? [] : [name], bodies, naming: note === undefined }
  const line = `${name} ${compactJson(rest)}`
  if (line.length <= mostLineTokens || estimateTokens(line) <= mostLineTokens) {
    const naming = note === undefined && bodies.length > 0 && isPlainObject(rest) && namesOnly(rest, traits.naming)
    return { path, lines: [line], bodies, naming }
  }
  const whole = { ...jsonBody(path, rest), write: () => line }
  return { path, lines: [], bodies: [whole, ...bodies], naming: true, split: () => splitBlock(path, value, name, options) }
}

function namesOnly(rest: object, naming: string | undefined): boolean {
  const keys = Object.keys(rest)
  return keys.length === 1 && keys[0] === naming
}

/** The members that stand under labels of their own, and what is left for the line. */
function takenApart(
  path: string,
  value: { readonly [key: string]: unknown },
  { traitsOf = () => ({}), leads = () => true }: FormOptions,
  isLarge: (member: unknown) => boolean = () => false,
): { readonly rest: object; readonly bodies: readonly ToldBody[] } {
  const rest = {}
  const bodies: ToldBody[] = []
  for (const [key, member] of Object.entries(value)) {
    const at = `${path}.${key}`
    const body = bodyOf(at, member, traitsOf(key)) ?? (isLarge(member) ? wholeBody(at, member) : undefined)
    if (body !== undefined && leads(at)) bodies.push(body)
    else setOwn(rest, key, member)
  }
  return { rest, bodies }
}

/** A text or list that JSON would only make harder to read. */
function bodyOf(path: string, value: unknown, traits: ValueTraits): ToldBody | undefined {
  if (typeof value === 'string') return standsAsItIs(value) ? textBody(path, value, traits) : undefined
  const layout = layoutOf(value, traits.found)
  return layout === undefined ? undefined : listBody(path, value as readonly unknown[], layout) // Only lists have a layout.
}

function standsAsItIs(text: string): boolean {
  // Half of a pair cannot be sent but escaped.
  return (text.length > mostQuoted || compactJson(text).length !== text.length + 2) && !/\p{Cs}/u.test(text)
}

function wholeBody(path: string, value: unknown): ToldBody {
  return Array.isArray(value) ? listBody(path, value, undefined) : jsonBody(path, value)
}

/** A member that takes more than this is told apart from the others. */
const mostMemberTokens = 100

function splitBlock(path: string, value: unknown, name: string, options: FormOptions): AnswerBlock {
  const noted = options.note === undefined ? [] : [name]
  if (!isPlainObject(value)) return { path, lines: noted, bodies: [wholeBody(path, value)], naming: noted.length === 0 }
  const isLarge = (member: unknown): boolean => {
    if (typeof member !== 'object' || member === null) return false
    const text = compactJson(member)
    return text.length > mostMemberTokens && estimateTokens(text) > mostMemberTokens
  }
  const { rest, bodies } = takenApart(path, value, options, isLarge)
  const line = `${name} ${compactJson(rest)}`
  const small = estimateTokens(line) <= mostLineTokens
  // Many small members, of which none can be told apart: all of it is one JSON, texts included, so that a place in it means one thing.
  if (!small) return { path, lines: noted, bodies: [jsonBody(path, value)], naming: noted.length === 0 }
  return Object.keys(rest).length === 0
    ? { path, lines: noted, bodies, naming: noted.length === 0 }
    : { path, lines: [line], bodies, naming: false }
}
