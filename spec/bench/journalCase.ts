import { closeSync, openSync, writeSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identity } from 'rxjs'
import type { BatchEvent, RunOptions } from '../../src/index.js'
import { fileJournal } from '../../src/node.js'
import type { Contender } from './contender.js'
import { handLoop } from './handLoop.js'
import { millrace } from './millrace.js'
import type { Sample } from './sample.js'
import { shapeOf } from './shape.js'
import { timed } from './timed.js'
import { workOf } from './work.js'

/**
 * The layered graph with every event kept in a file, as safe as `process` says: what was written survives the end of the process. Two
 * contenders keep nothing, so that one run tells what the journal costs, and what a run costs that could take over outcomes.
 */
export interface JournalSettings {
  readonly size: number
  readonly concurrency: number
}

/** A contender that keeps what it tells. */
interface Keeping {
  readonly contender: Contender
  /** To be called once it has run: it is part of the work. */
  readonly close: () => void
  /** The file, and how many events it was given; undefined for one that keeps nothing. */
  readonly kept: (() => { readonly path: string; readonly events: number }) | undefined
}

export async function measureJournal(contender: string, { size, concurrency }: JournalSettings): Promise<Sample> {
  const root = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  try {
    const shape = shapeOf('layered', size)
    const work = workOf(shape, { kind: 'sync', concurrency })
    const keeping = keepingBy(contender, root)
    const { run, reading } = await keeping.contender.prepare({ shape, work, concurrency })
    const spent = await timed(async () => {
      await run()
      keeping.close()
    })
    const problems = [...work.problems(), ...(await lost(keeping))]
    return { operations: size, ...spent, ...(reading !== undefined && { readingUs: reading }), problems }
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

function keepingBy(contender: string, root: string): Keeping {
  switch (contender) {
    case 'by hand':
      return byHand(root)
    case 'millrace':
      return byMillrace(root)
    case 'without a journal':
      return keepingNothing({})
    case 'without, with known':
      // Of an operation that is not in the plan: each of the others is looked for, and none is found.
      return keepingNothing({ known: new Map([['nobody', { type: 'succeeded', value: 1, from: 'an earlier run' }]]) })
    default:
      throw new Error(`${contender} does not keep events.`)
  }
}

function keepingNothing(options: Pick<RunOptions, 'known'>): Keeping {
  return { contender: millrace(identity, () => undefined, options), close: () => undefined, kept: undefined }
}

/** A line of JSON for each event, in pieces of 64 KB. It has no checksums, and no gate waits for what it writes. */
function byHand(root: string): Keeping {
  const path = join(root, 'events.ndjson')
  const file = openSync(path, 'wx')
  let held = ''
  let events = 0
  const write = (): void => {
    const bytes = Buffer.from(held)
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done)
    held = ''
  }
  const keep = (event: BatchEvent): void => {
    events++
    held += `${JSON.stringify(event)}\n`
    if (held.length >= 64 * 1_024) write()
  }
  const close = (): void => {
    write()
    closeSync(file)
  }
  return { contender: handLoop(keep), close, kept: () => ({ path, events }) }
}

function byMillrace(root: string): Keeping {
  let [runId, events] = ['', 0]
  const hear = (event: BatchEvent): void => {
    runId = event.runId
    events++
  }
  const kept = () => ({ path: join(root, '.millrace/runs', runId, 'events.ndjson'), events })
  // The journal ends its file with the run.
  return { contender: millrace(identity, hear, { journal: fileJournal({ root }) }), close: () => undefined, kept }
}

async function lost({ kept }: Keeping): Promise<readonly string[]> {
  if (kept === undefined) return []
  const { path, events } = kept()
  const text = await readFile(path, 'utf8')
  const lines = text.split('\n').length - 1
  return lines === events && text.endsWith('\n') ? [] : [`${lines} of ${events} events were kept`]
}
