import fc, { type Arbitrary } from 'fast-check'
import type { When } from '../../src/model/plan.js'
import { inListOrder, understand } from './checkerPlan.js'
import type { OperationData, PlanData } from './checkerTranscript.js'

/** Files by path, in place of a disk. */
export type Files = Map<string, string>

/** What one operation does to the files. Where it comes from a reference, it is known only at the attempt. */
export interface Deed {
  readonly does: 'put' | 'remove' | 'copy' | 'move' | 'read' | 'list' | 'program' | 'fail'
  readonly path: string
  readonly to: string
  readonly text: string
}

/** When a body looks at the files, and when it changes them. */
export type Pace = 'at once' | 'at its end' | 'looks first, changes at its end'

export interface FilesRun {
  readonly plan: PlanData
  readonly paces: ReadonlyMap<string, Pace>
  readonly choices: readonly number[]
}

const paths = ['a', 'b', 'd', 'd/x', 'd/y', 'd/e/z'] as const

const entry = fc.record({
  does: fc.constantFrom<Deed['does'][]>('put', 'put', 'put', 'remove', 'copy', 'copy', 'move', 'read', 'read', 'list', 'program', 'fail'),
  path: fc.constantFrom(...paths),
  to: fc.constantFrom(...paths),
  /** Takes its path, or its text, from what an earlier one gave. */
  refers: fc.option(fc.record({ source: fc.nat(40), as: fc.constantFrom('path' as const, 'text' as const) }), { freq: 4 }),
  needs: fc.array(fc.nat(40), { maxLength: 1 }),
  when: fc.constantFrom<When[]>('success', 'success', 'success', 'settled', 'any-failed', 'none-failed'),
  fallback: fc.integer({ min: 0, max: 7 }).map((chance) => chance === 0),
  pace: fc.constantFrom<Pace[]>('at once', 'at its end', 'looks first, changes at its end'),
})

/** Lists of operations over few paths, whose effects are declared as they are. */
export const filesRun: Arbitrary<FilesRun> = fc
  .record({
    entries: fc.array(entry, { minLength: 2, maxLength: 14, size: 'max' }),
    concurrency: fc.integer({ min: 1, max: 6 }),
    choices: fc.array(fc.nat(99), { maxLength: 30, size: 'max' }),
  })
  .map(({ entries, concurrency, choices }) => ({
    plan: { concurrency, onFailure: 'continue', operations: entries.map(operationOf) },
    paces: new Map(entries.map(({ pace }, index) => [`o${index}`, pace])),
    choices,
  }))

type EntryOf = typeof entry extends Arbitrary<infer A> ? A : never

function operationOf({ does, path, to, refers, needs, when, fallback }: EntryOf, index: number): OperationData {
  const id = `o${index}`
  const source = refers === null || index === 0 ? undefined : `o${refers.source % index}`
  const optional = when === 'success' ? {} : { default: refers?.as === 'path' ? 'a' : 'nothing' }
  const pathIsLate = source !== undefined && refers?.as === 'path' && does !== 'program'
  const late = (key: string): unknown => ({
    $ref: `${source}.${key}`,
    ...(when !== 'success' && { default: key === 'paths' ? ['a'] : 'a' }),
  })
  const textIsLate = source !== undefined && refers?.as === 'text' && does === 'put'
  const touched: unknown = pathIsLate ? late('paths') : [path]
  const touches = {
    put: { writes: touched },
    remove: { writes: touched },
    copy: { reads: touched, writes: [to] },
    // Both are written, so where one is not known the whole is not.
    move: { writes: pathIsLate ? late('paths') : [path, to], ...(pathIsLate && { reads: [to] }) },
    read: { reads: touched },
    list: { reads: touched },
    program: { follows: [path] },
    fail: {},
  }[does]
  const dependencies = index === 0 ? [] : [...new Set(needs.map((need) => `o${need % index}`))]
  return {
    id,
    type: 'test',
    operation: 'hold',
    params: {
      ...touches,
      note: {
        does,
        path: pathIsLate ? late('path') : path,
        // What it does not need it is not given, so that reads of one path are equal.
        to: does === 'copy' || does === 'move' ? to : '',
        text: textIsLate ? { $ref: `${source}.text`, ...optional } : does === 'put' ? id : '',
      },
    },
    ...(dependencies.length > 0 && { dependencies }),
    ...(when !== 'success' && { when }),
    ...(fallback && { fallback: { path: 'b', paths: ['b'], text: 'spare' } }),
  }
}

/** What an operation gave: any of it can be referred to. */
export interface Given {
  readonly path: string
  readonly paths: readonly string[]
  readonly text: string
}

const isBelow = (path: string, outer: string): boolean => path.startsWith(`${outer}/`)

function put(files: Files, path: string, text: string): void {
  if ([...files.keys()].some((other) => isBelow(other, path) || isBelow(path, other))) throw new Error(`${path} has no room`)
  files.set(path, text)
}

function take(files: Files, path: string): ReadonlyMap<string, string> {
  const found = new Map([...files].filter(([other]) => other === path || isBelow(other, path)))
  if (found.size === 0) throw new Error(`${path} is not there`)
  return found
}

/** What a deed needs to see, kept apart from what it then changes. Throws when it cannot be done. */
export function look(files: Files, { does, path }: Deed): ReadonlyMap<string, string> {
  switch (does) {
    case 'copy':
    case 'read': {
      const text = files.get(path)
      if (text === undefined) throw new Error(`${path} is not there`)
      return new Map([[path, text]])
    }
    case 'move':
    case 'remove':
      return take(files, path)
    case 'list':
      return new Map([...files].filter(([other]) => isBelow(other, path)))
    case 'program':
      // What other programs left is no business of this one: they run in any order.
      return new Map([...files].filter(([other]) => isBelow(other, path) && !other.includes('program-')))
    case 'put':
      return new Map()
    case 'fail':
      throw new Error('It fails.')
  }
}

/** Does it, from what was seen. Throws when it cannot be done. */
export function change(files: Files, id: string, { does, path, to, text }: Deed, seen: ReadonlyMap<string, string>): Given {
  const shown = [...seen]
    .map(([name, content]) => `${name}=${content}`)
    .sort()
    .join(',')
  switch (does) {
    case 'put':
      put(files, path, text)
      return { path, paths: [path], text }
    case 'copy':
      put(files, to, seen.get(path)!)
      return { path: to, paths: [to], text: shown }
    case 'move': {
      const moved = [...seen].map(([name, content]) => [to + name.slice(path.length), content] as const)
      for (const name of seen.keys()) files.delete(name)
      try {
        for (const [name, content] of moved) put(files, name, content)
      } catch (error) {
        for (const [name] of moved) files.delete(name)
        for (const [name, content] of seen) files.set(name, content)
        throw error
      }
      return { path: to, paths: [to], text: shown }
    }
    case 'remove':
      for (const name of seen.keys()) files.delete(name)
      return { path, paths: [path], text: shown }
    case 'program':
      // A file is no folder to work in.
      if (files.has(path)) throw new Error(`${path} is a file`)
      files.set(`${path}/program-${id}`, shown)
      return { path, paths: [path], text: shown }
    case 'read':
    case 'list':
    case 'fail':
      return { path, paths: [path], text: shown }
  }
}

/** How an operation ended, as far as that has to be the same in any order. */
export type Came = { readonly type: 'succeeded'; readonly value: unknown } | { readonly type: 'failed' } | { readonly type: string }

/** Runs the list in its order, one at a time, and tells how each ended. */
export function inOrder(plan: PlanData, files: Files): ReadonlyMap<string, Came> {
  const understood = understand(plan)
  const came = new Map<string, Came>()
  for (const { id, params = {}, fallback } of inListOrder(plan.operations)) {
    const verdict = judge(
      [...understood.get(id)!.counted.keys()].map((source) => came.get(source)!.type),
      understood.get(id)!.when,
    )
    if (verdict !== 'open') {
      came.set(id, { type: verdict })
      continue
    }
    try {
      const deed = followed(params['note'], came) as Deed // Made by this very file.
      came.set(id, { type: 'succeeded', value: change(files, id, deed, look(files, deed)) })
    } catch {
      // A deed that cannot be done is what this is about: it tells so by throwing.
      came.set(id, fallback === undefined ? { type: 'failed' } : { type: 'succeeded', value: fallback })
    }
  }
  return came
}

function judge(ends: readonly string[], when: When): 'open' | 'dependency' | 'gate' {
  const failed = ends.some((end) => end === 'failed' || end === 'dependency')
  const gated = ends.includes('gate')
  if (when === 'settled') return 'open'
  if (when === 'any-failed') return failed ? 'open' : 'gate'
  if (failed) return 'dependency'
  return when === 'success' && gated ? 'gate' : 'open'
}

function followed(value: unknown, came: ReadonlyMap<string, Came>): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('$ref' in value) {
    const [id, key] = String(value.$ref).split('.')
    const end = came.get(id!)
    const found: unknown = end?.type === 'succeeded' && 'value' in end ? Reflect.get(end.value as Given, key!) : undefined
    return found ?? ('default' in value ? value.default : undefined)
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, followed(member, came)]))
}
