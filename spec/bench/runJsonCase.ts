import { closeSync, openSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { take } from 'rxjs'
import { runBatch } from '../../src/index.js'
import { standardOperations } from '../../src/node.js'
import { ask } from './ask.js'
import { cpuMs } from './cpu.js'
import { processToEnd, program } from './processToEnd.js'
import type { Sample } from './sample.js'
import { stagePlan } from './stagePlan.js'
import { timed } from './timed.js'

/**
 * `millrace run PLAN --json` of so many operations, whole and by stage, beside the engine running the same plan.
 *
 * The whole command is a process from its start to its end; what it writes goes to files.
 */
export interface RunJsonSettings {
  readonly operations: number
}

const limitMs = 120_000

export async function measureRunJson(contender: string, settings: RunJsonSettings): Promise<Sample> {
  if (contender === 'by stage') return byStage(settings)
  const { operations } = settings
  const root = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  try {
    if (contender === 'engine') return await engine(root, operations)
    const path = join(root, 'plan.json')
    await writeFile(path, JSON.stringify(stagePlan(operations)))
    if (!contender.startsWith('stages')) return await command(path, root, operations, flagsOf(contender))
    const { stagesOf } = await import('./runStages.js')
    return await stagesOf(path, root, operations, contender === 'stages, logged')
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

function flagsOf(contender: string): readonly string[] {
  return ['--json', ...contender.split(' ').filter((word) => word.startsWith('--') && word !== '--json')]
}

/** As the graphs are measured: reading the plan is told beside it. */
async function engine(root: string, operations: number): Promise<Sample> {
  const batch = runBatch(stagePlan(operations), { operations: standardOperations({ root }) })
  const before = cpuMs()
  await new Promise<void>((resolve, reject) => batch.pipe(take(1)).subscribe({ error: reject, complete: resolve }))
  const readingUs = ((cpuMs() - before) * 1_000) / operations
  let succeeded = 0
  const spent = await timed(
    () =>
      new Promise<void>((resolve, reject) => {
        batch.subscribe({
          next: ({ type }) => void (type === 'operation-succeeded' && succeeded++),
          error: reject,
          complete: resolve,
        })
      }),
  )
  return { operations, ...spent, readingUs, problems: succeeded === operations ? [] : [`${succeeded} of ${operations} succeeded`] }
}

async function command(path: string, root: string, operations: number, flags: readonly string[]): Promise<Sample> {
  const files = { stdout: openSync(join(root, 'stdout'), 'w'), stderr: openSync(join(root, 'stderr'), 'w') }
  const { code, ...spent } = await processToEnd([program, 'run', path, '--root', root, ...flags], files)
  Object.values(files).forEach(closeSync)
  const { counts } = JSON.parse(await readFile(join(root, 'stdout'), 'utf8')) as { readonly counts?: { readonly succeeded?: number } } // It is to be the document.
  const well = code === 0 && counts?.succeeded === operations
  return { operations, ...spent, problems: well ? [] : [`it ended with ${code}, and ${counts?.succeeded} of ${operations} succeeded`] }
}

/** The stages of two processes, one that keeps the run and one that does not: the log is what the first spent more. */
async function byStage(settings: RunJsonSettings): Promise<Sample> {
  const asked = async (contender: string): Promise<Sample> => {
    const answer = await ask<Sample>({ task: { type: 'run --json', ...settings }, contender, what: 'sample' }, [], limitMs)
    if (typeof answer === 'string') throw new Error(answer)
    return answer
  }
  const logged = await asked('stages, logged')
  const bare = await asked('stages')
  return { ...logged, parts: withLog(logged.parts ?? {}, bare.parts ?? {}), problems: [...logged.problems, ...bare.problems] }
}

/** The stages of the process that keeps the run, its run split into what the other's took, and the log. */
export function withLog(
  logged: Readonly<Record<string, number>>,
  bare: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const { run = NaN } = bare
  return Object.fromEntries(
    Object.entries(logged).flatMap(([part, ms]) =>
      part === 'run'
        ? [
            [part, run],
            ['log of the run', ms - run],
          ]
        : [[part, ms]],
    ),
  )
}
