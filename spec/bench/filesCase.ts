import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastValueFrom } from 'rxjs'
import { runBatch } from '../../src/index.js'
import { standardOperations } from '../../src/node.js'
import { contenderOf } from './contenders.js'
import { replaceFile } from './replaceFile.js'
import type { Sample } from './sample.js'
import { shapeOf } from './shape.js'
import { timed } from './timed.js'
import type { Work } from './work.js'

/** A folder, then so many files in it: each written whole or not at all. */
export interface FilesSettings {
  readonly operations: number
  readonly concurrency: number
}

const content = 'x'.repeat(1_024)

export async function measureFiles(contender: string, { operations, concurrency }: FilesSettings): Promise<Sample> {
  const root = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  try {
    const work = worker(root)
    const shape = shapeOf('star', operations)
    const { run } =
      contender === 'millrace'
        ? { run: () => lastValueFrom(runBatch(planOf(operations), { operations: standardOperations({ root }), concurrency })) }
        : await (await contenderOf(contender)).prepare({ shape, work, concurrency })
    const spent = await timed(run)
    const found = (await readdir(join(root, 'app'))).length
    return { operations, ...spent, problems: found === operations - 1 ? [] : [`${found} of ${operations - 1} files are there`] }
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

function planOf(operations: number): readonly object[] {
  return Array.from({ length: operations }, (_, index) =>
    index === 0
      ? { type: 'file', operation: 'mkdir', params: { path: 'app' } }
      : { type: 'file', operation: 'write', params: { path: `app/f${index}`, content } },
  )
}

/** The same by hand, where nothing keeps paths inside the folder. */
function worker(root: string): Work {
  return {
    kind: 'async',
    async perform(index) {
      if (index === 0) await mkdir(join(root, 'app'), { recursive: true })
      else await replaceFile(join(root, 'app', `f${index}`), content)
      return index
    },
    problems: () => [],
    times: () => undefined,
    reset: () => undefined,
  }
}
