import fc, { type Arbitrary } from 'fast-check'
import { chmodSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OperationRegistry } from '../../src/model/operationType.js'
import type { TerminalEvent } from '../../src/model/event.js'
import { operationErrorOf } from '../../src/model/operationError.js'
import type { When } from '../../src/model/plan.js'
import { attemptContext } from './attemptContext.js'
import { inListOrder } from './checkerPlan.js'
import type { OperationData } from './checkerTranscript.js'
import { bytesPath, growTree } from './tempTree.js'

const plainPaths = ['a', 'b', 'd', 'd/x', 'd/y', 'd/e', 'd/e/z', 'new/deep/n'] as const

const content = fc.constantFrom('', 'one', 'two\nlines\n', 'old', 'wo\r\nrd\r\n')

type Deed = { readonly operation: string; readonly params: Readonly<Record<string, unknown>> }

const deedOn = (path: Arbitrary<string>): Arbitrary<Deed> =>
  fc.oneof(
    ...[
      fc.record({
        operation: fc.constant('write'),
        params: fc.record({ path, content, mode: fc.constantFrom('600', '640', '755') }, { requiredKeys: ['path', 'content'] }),
      }),
      fc.record({ operation: fc.constant('write'), params: fc.record({ path, content }) }),
      fc.record({ operation: fc.constant('create'), params: fc.record({ path, content }) }),
      fc.record({ operation: fc.constant('append'), params: fc.record({ path, content }) }),
      fc.record({
        operation: fc.constant('edit'),
        params: fc.record({ path, edits: fc.constantFrom([{ find: 'o', replace: '0' }], [{ find: 'o\n', replace: '0\n1\n' }]) }),
      }),
      fc.record({ operation: fc.constant('copy'), params: fc.record({ path, destination: path, overwrite: fc.boolean() }) }),
      fc.record({ operation: fc.constant('move'), params: fc.record({ path, destination: path, overwrite: fc.boolean() }) }),
      fc.record({ operation: fc.constant('delete'), params: fc.record({ path, recursive: fc.boolean(), ignoreMissing: fc.boolean() }) }),
      fc.record({ operation: fc.constant('mkdir'), params: fc.record({ path }) }),
      fc.record({ operation: fc.constant('rmdir'), params: fc.record({ path }) }),
      fc.record({ operation: fc.constant('read'), params: fc.record({ path }) }),
      fc.record({ operation: fc.constant('stat'), params: fc.record({ path }) }),
      fc.record({ operation: fc.constant('list'), params: fc.record({ path: fc.constantFrom('.', 'd'), recursive: fc.boolean() }) }),
    ],
  )

const memberOn = (path: Arbitrary<string>) =>
  fc.record({
    deed: deedOn(path),
    /** Takes its path from what an earlier one gave. */
    refers: fc.option(fc.nat(40), { freq: 8 }),
    needs: fc.array(fc.nat(40), { maxLength: 1 }),
    when: fc.constantFrom<When[]>('success', 'success', 'success', 'settled', 'any-failed', 'none-failed'),
  })

function batchOf(paths: readonly string[]): Arbitrary<readonly OperationData[]> {
  return fc.array(memberOn(fc.constantFrom(...paths)), { minLength: 2, maxLength: 40, size: 'max' }).map((members) =>
    members.map(({ deed: { operation, params }, refers, needs, when }, index) => {
      const dependencies = index === 0 ? [] : [...new Set(needs.map((need) => `o${need % index}`))]
      const reference =
        refers === null || index === 0 ? {} : { path: { $ref: `o${refers % index}.path`, ...(when !== 'success' && { default: 'a' }) } }
      return {
        id: `o${index}`,
        type: 'file',
        operation,
        params: { ...params, ...reference },
        ...(dependencies.length > 0 && { dependencies }),
        ...(when !== 'success' && { when }),
      }
    }),
  )
}

/** Lists of file operations over few paths. */
export const fileBatch = batchOf(plainPaths)

/** The same, and a link leads to one of the paths. What is done through a link is ordered by the link's own path alone. */
export const linkedBatch = batchOf([...plainPaths, 'linked'])

/** The folder a batch begins with: files, folders, a link, and modes of all kinds. */
export function oldTree(within: string): string {
  const root = mkdtempSync(join(within, 'tree-'))
  growTree(root, {
    a: 'old a',
    b: 'o\r\nb\r\n',
    'd/x': 'old x',
    'd/e/z': new Uint8Array([0, 255, 10]),
    empty: null,
    linked: { link: 'd/x' },
  })
  // Bytes that are no text, which no plan can name: they go wherever their folder goes.
  if (process.platform === 'linux') writeFileSync(bytesPath(root, 'd', 'm\xe9'), 'latin 1')
  if (process.platform === 'linux') writeFileSync(bytesPath(root, 'd', 'e', '\xff\xfe'), 'bytes')
  chmodSync(join(root, 'a'), 0o640)
  chmodSync(join(root, 'd/x'), 0o755)
  chmodSync(join(root, 'd/e'), 0o750)
  return root
}

/** The same folder by another path: a link to it. */
export function linkTo(root: string): string {
  symlinkSync(root, `${root}-link`)
  return `${root}-link`
}

/** What an operation came to, as far as it is the same in any order: a success with its value, a failure with its type. */
export type Came = { readonly type: 'gave'; readonly value: unknown } | { readonly type: 'failed'; readonly error: string }

export function cameTo(event: TerminalEvent): Came | undefined {
  if (event.type === 'operation-succeeded') return { type: 'gave', value: timeless(event.value) }
  return event.type === 'operation-failed' ? { type: 'failed', error: event.error.type } : undefined
}

/** Performs those that were not skipped one by one in the order of the list, without an engine. */
export async function oneByOne(
  operations: readonly OperationData[],
  registry: OperationRegistry,
  skipped: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Came>> {
  const came = new Map<string, Came>()
  for (const { id, type, operation, params } of inListOrder(operations)) {
    if (skipped.has(id)) continue
    const { perform, params: codec } = registry.get(`${type}.${operation}`)!
    const decoded = codec.decode(followed(params, came))
    if (decoded._tag === 'Left') {
      came.set(id, { type: 'failed', error: 'invalid-params' })
      continue
    }
    // A TaskEither, as all standard operations give.
    const task = perform(decoded.right, attemptContext({ id })) as () => Promise<{
      readonly _tag: string
      readonly right?: unknown
      readonly left?: unknown
    }>
    const ended = await task()
    if (ended._tag === 'Right') came.set(id, { type: 'gave', value: timeless(ended.right) })
    else came.set(id, { type: 'failed', error: operationErrorOf(ended.left).type })
  }
  return came
}

function timeless(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, member: unknown) => (key === 'modifiedAt' ? undefined : member))) as unknown
}

function followed(value: unknown, came: ReadonlyMap<string, Came>): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((each) => followed(each, came))
  if ('$ref' in value) {
    const [id, key] = String(value.$ref).split('.')
    const end = came.get(id!)
    if (end?.type === 'gave') return Reflect.get(end.value as object, key!) // A result of a file operation.
    return 'default' in value ? value.default : undefined
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, followed(each, came)]))
}
