import { statSync } from 'node:fs'
import { basename, relative, resolve, sep } from 'node:path'
import { own, type PlainObject } from '../../model/codec/plainObject.js'
import { notYetKnown } from '../../model/effects.js'
import { quoteText } from '../../model/fault/quote.js'
import { climbs, globPattern } from '../../operations/file/find/globPattern.js'
import { pathMatcher, type PathMatcher } from '../../operations/file/find/pathMatcher.js'
import { isAllowed } from '../../operations/tool/allowed.js'
import { realPath } from '../foreseen/paths.js'
import type { Deed } from './deeds.js'

/** What the owner of a server wants to be asked about: operations by name, some only where they touch what a pattern says. */
export interface ConfirmRule {
  readonly text: string
  readonly holdsFor: (deed: Deed) => boolean
}

/** What rules are read against. */
export interface ConfirmSurroundings {
  /** The operations there are: a rule that is about none of them would protect nothing, and nobody would know. */
  readonly names: readonly string[]
  /** Downstream servers, whose tools are not known before they are asked. */
  readonly servers: readonly string[]
  readonly roots: readonly string[]
}

/** Whether a pattern speaks of what an operation with these params touches. What only the run will know may be anything. */
type Touches = (params: PlainObject) => boolean

/**
 * Reads one rule: `file.delete`, `shell.*`, or with a pattern behind a colon: paths of files (`file.delete:src/**`), the beginning of a
 * program's command (`shell.run:npm publish`), a kind of agents (`agent.run:coder`). A `RangeError` says what is wrong with it.
 */
export function confirmRule(text: string, { names, servers, roots }: ConfirmSurroundings): ConfirmRule | RangeError {
  const ofTool = text.startsWith('tool.')
  const colon = ofTool ? -1 : text.indexOf(':')
  const [name, pattern] = colon === -1 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1).trim()]
  const meant = names.filter((one) => isAllowed(one, [name]))
  if (ofTool ? !servers.some((server) => isAllowed(server, [text.split('.')[1] ?? ''])) : meant.length === 0)
    return new RangeError(
      `${quoteText(text)} does not name an operation. Name one, such as file.delete, shell.run or agent.run, or several: file.*`,
    )
  const touches = pattern === undefined ? () => true : touching(meant, pattern, roots)
  if (touches === undefined)
    return new RangeError(
      `${quoteText(text)} has a pattern that cannot be used. File operations take a path (file.delete:src/**), shell.run the beginning of a command (shell.run:npm publish), agent.run a kind (agent.run:coder).`,
    )
  return { text, holdsFor: (deed) => deed.type === 'unknown' || (isAllowed(deed.name, [name]) && touches(deed.params)) }
}

function touching(names: readonly string[], pattern: string, roots: readonly string[]): Touches | undefined {
  if (pattern === '') return undefined
  if (names.every((name) => name.startsWith('file.'))) return pathTouches(pattern, roots)
  if (names.every((name) => name === 'shell.run')) return commandBegins(pattern)
  return names.every((name) => name === 'agent.run') ? (params) => isOrMayBe(own(params, 'agent'), pattern) : undefined
}

function isOrMayBe(value: unknown, pattern: string): boolean {
  return typeof value !== 'string' || isAllowed(value, [pattern])
}

/** Word by word; the program also by its name without its folder. */
function commandBegins(pattern: string): Touches {
  const words = pattern.split(/\s+/)
  return (params) => {
    const command = own(params, 'command')
    if (!Array.isArray(command)) return true
    return words.every((word, place) => {
      const given: unknown = command[place]
      if (typeof given !== 'string') return given !== undefined
      return isAllowed(given, [word]) || (place === 0 && isAllowed(basename(given), [word]))
    })
  }
}

const pathFields = ['path', 'destination'] as const

function pathTouches(pattern: string, roots: readonly string[]): Touches | undefined {
  // Such a pattern would match nothing at all.
  if (!globPattern.is(pattern) || climbs(pattern) || pattern.endsWith('/')) return undefined
  const matcher = pathMatcher([pattern], true)
  const places = roots.map((root) => [root, realPath(root)] as const)
  return (params) =>
    pathFields.some((field) => {
      const path = own(params, field)
      if (path === undefined) return false
      if (typeof path !== 'string') return true
      const absolute = resolve(roots[0] ?? sep, path)
      // A path may lead elsewhere through a link: both its spelling and the place it leads to count.
      return places.some(
        ([root, real]) =>
          matches(matcher, relative(root, absolute), params, absolute) ||
          matches(matcher, relative(real, realPath(absolute)), params, absolute),
      )
    })
}

function matches(matcher: PathMatcher, below: string, params: PlainObject, absolute: string): boolean {
  if (below === '..' || below.startsWith(`..${sep}`)) return false
  let state = matcher.start
  for (const name of below.split(sep)) if (name !== '' && name !== '.') state = matcher.next(state, name)
  return matcher.isWhole(state) || (matcher.goesOn(state) && mayHoldMore(params, absolute))
}

/** Whether what stands at a path may be a folder, with which all goes that is in it. */
function mayHoldMore(params: PlainObject, absolute: string): boolean {
  const recursive = own(params, 'recursive')
  if (recursive !== undefined) return recursive === true || recursive === notYetKnown
  return own(params, 'destination') !== undefined && statSync(absolute, { throwIfNoEntry: false })?.isFile() !== true
}
