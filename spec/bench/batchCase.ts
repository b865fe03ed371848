import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastValueFrom, tap } from 'rxjs'
import { runBatch, type BatchEvent } from '../../src/index.js'
import { standardOperations } from '../../src/node.js'
import { contenderOf } from './contenders.js'
import { replaceFile } from './replaceFile.js'
import type { Sample } from './sample.js'
import { batchText, sources, texts } from './sevenOperations.js'
import { timed } from './timed.js'

/** The seven operations of `sevenOperations.ts`, so many times, each in a folder of its own. */
export interface BatchSettings {
  readonly batches: number
  readonly concurrency: number
}

/** What a batch gave back: the notes that were read, and the names that were listed. */
interface Given {
  readonly notes: string
  readonly names: readonly string[]
}

type Batch = (folder: string) => Promise<Given>

/**
 * CPU time an operation. Messages arrive as text, and reading them is part of the library's time: an agent sends text. No operation
 * starts a program, whose own start would be nearly all that is measured.
 */
export async function measureBatch(contender: string, { batches, concurrency }: BatchSettings): Promise<Sample> {
  const root = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  try {
    const run = await batchOf(contender, root, concurrency)
    const given: Given[] = []
    const spent = await timed(async () => {
      for (let batch = 0; batch < batches; batch++) given.push(await run(`b${batch}`))
    })
    const problems: string[] = []
    for (const [batch, one] of given.entries()) problems.push(...(await wrong(join(root, `b${batch}`), `b${batch}`, one)))
    return { operations: batches * sources.length, ...spent, problems: problems.slice(0, 1) }
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

async function batchOf(contender: string, root: string, concurrency: number): Promise<Batch> {
  if (contender === 'by hand') return byHand(root)
  if (contender === 'millrace') return byMillrace(root, concurrency)
  const peer = await contenderOf(contender)
  const offsets = Int32Array.from({ length: sources.length + 1 }, (_, index) => sources.slice(0, index).flat().length)
  const shape = { name: 'layered', size: sources.length, offsets, sources: Int32Array.from(sources.flat()) } as const
  return async (folder) => {
    const { given, perform } = stepsOf(join(root, folder), folder)
    const work = { kind: 'async', perform, problems: () => [], times: () => undefined, reset: () => undefined } as const
    const { run } = await peer.prepare({ shape, work, concurrency })
    await run()
    return given
  }
}

/** What a good programmer writes for just this. It trusts its paths, and tells nothing. */
function byHand(root: string): Batch {
  return async (folder) => {
    const { given, perform } = stepsOf(join(root, folder), folder)
    await perform(0)
    await Promise.all([perform(1), perform(2), perform(3)])
    await perform(4)
    await Promise.all([perform(5), perform(6)])
    return given
  }
}

/** The seven in one folder, by their place in the batch. */
function stepsOf(at: string, folder: string) {
  const given = { notes: '', names: [] as readonly string[] }
  const bytes = (text: string): number => Buffer.byteLength(text)
  const steps: readonly (() => Promise<unknown>)[] = [
    () => mkdir(join(at, 'app'), { recursive: true }),
    () => replaceFile(join(at, 'app/package.json'), texts.manifest),
    () => replaceFile(join(at, 'app/index.js'), texts.main),
    () => replaceFile(join(at, 'app/README.md'), texts.readme),
    () => replaceFile(join(at, 'app/NOTES.md'), texts.notes(folder, bytes(texts.manifest), bytes(texts.main))),
    async () => (given.notes = await readFile(join(at, 'app/NOTES.md'), 'utf8')),
    async () => (given.names = (await readdir(join(at, 'app'))).sort()),
  ]
  const perform = async (index: number): Promise<number> => {
    await steps[index]!()
    return index
  }
  return { given, perform }
}

/** The operations that plans may use are made once, as a server does. */
function byMillrace(root: string, concurrency: number): Batch {
  const operations = standardOperations({ root })
  return async (folder) => {
    const message: unknown = JSON.parse(batchText(folder))
    const given = { notes: '', names: [] as readonly string[] }
    const see = (event: BatchEvent): void => {
      if (event.type !== 'operation-succeeded') return
      if (event.id === 'check') given.notes = (event.value as { readonly content: string }).content // As file.read gives it.
      if (event.id === 'list')
        given.names = (event.value as { readonly entries: readonly { readonly name: string }[] }).entries.map(({ name }) => name) // And file.list.
    }
    await lastValueFrom(runBatch(message, { operations, concurrency }).pipe(tap(see)))
    return given
  }
}

async function wrong(at: string, folder: string, { notes, names }: Given): Promise<readonly string[]> {
  const expected = texts.notes(folder, Buffer.byteLength(texts.manifest), Buffer.byteLength(texts.main))
  const there = await readdir(join(at, 'app')).catch(() => [])
  return [
    ...(notes === expected ? [] : [`${folder}: its notes were read as ${JSON.stringify(notes)}`]),
    ...(there.length === 4 && names.join() === there.sort((a, b) => (a < b ? -1 : 1)).join()
      ? []
      : [`${folder} holds ${there.join()}, and ${names.join()} was listed`]),
  ]
}
