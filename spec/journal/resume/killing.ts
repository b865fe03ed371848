import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeLog } from '../../../src/journal/log/decodeLog.js'
import { runToResume } from '../../../src/journal/resume/runToResume.js'
import { tempTree } from '../../support/tempTree.js'
import { effectsIn, notedPlan, size } from './killedPlan.js'

const child = fileURLToPath(new URL('killedRun.js', import.meta.url))

/** When a run is killed: so many ms after its process was started, or after it said that it has begun. */
export interface Kill {
  readonly after: 'start' | 'begun'
  readonly ms: number
}

/** Runs it to its end, or kills it. What it said. */
function runOne(args: readonly string[], kill: Kill | undefined): Promise<string> {
  const run = spawn(process.execPath, [child, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const killSoon = (): void => {
    if (kill !== undefined) setTimeout(() => run.kill('SIGKILL'), kill.ms)
  }
  let [told, wrong] = ['', '']
  run.stderr.on('data', (text: Buffer) => (wrong += text.toString()))
  run.stdout.on('data', (text: Buffer) => {
    if (told === '' && kill?.after === 'begun') killSoon()
    told += text.toString()
  })
  if (kill?.after === 'start') killSoon()
  return new Promise((resolve, reject) => {
    run.on('error', reject)
    // One that fails by itself is a broken promise, also when it was to be killed.
    run.on('close', (code, signal) => (code === 0 || signal === 'SIGKILL' ? resolve(told) : reject(new Error(`exit ${code}: ${wrong}`))))
  })
}

/**
 * Runs a random plan of 400 operations, kills the run and those that resume it so many times, then lets one end. Gives what of the
 * promises did not hold: nothing.
 */
export async function killAndResume(seed: number, kills: number, killAt: () => Kill): Promise<readonly string[]> {
  const root = tempTree({})
  const { plan, sums } = notedPlan(seed)
  const wrong: string[] = []
  const acknowledged = new Map<string, number>()
  const values = new Map<string, unknown>()
  try {
    for (let round = 0; round <= kills; round++) {
      const folder = await runToResume(root, 'resume')
      const earlier = folder === undefined ? [] : [basename(folder)]
      const told = await runOne([root, `${seed}`, `r${round}`, ...earlier], round === kills ? undefined : killAt())
      const after = effectsIn(root)
      for (const [id, count] of acknowledged)
        if (after.get(id) !== count)
          wrong.push(`seed ${seed}, run ${round}: ${id} was acknowledged, and done again\n${historyOf(root, id, round)}`)
      const { events, damage } = decodeLog(logOf(root, round))
      if (damage !== undefined) wrong.push(`seed ${seed}, run ${round}: ${damage.reason}`)
      for (const event of events) {
        if (event.type !== 'operation-succeeded') continue
        acknowledged.set(event.id, after.get(event.id) ?? 0)
        values.set(event.id, (event.value as { readonly sum?: unknown }).sum)
      }
      // A kill may come after the last end was logged and before the process had said so: there is nothing left to resume.
      if (values.size === size) break
      if (round === kills) wrong.push(`seed ${seed}: the last run ended with ${told}`)
    }
    const effects = effectsIn(root)
    for (const { id, operation } of plan.operations) {
      const count = effects.get(id) ?? 0
      if (count === 0) wrong.push(`seed ${seed}: ${id} was lost`)
      if (operation === 'once' && count !== 1) wrong.push(`seed ${seed}: ${id}, which must not be done twice, was done ${count} times`)
      if (values.get(id) !== sums.get(id)) wrong.push(`seed ${seed}: ${id} gave ${String(values.get(id))} instead of ${sums.get(id)}`)
    }
    if (values.size !== size) wrong.push(`seed ${seed}: ${values.size} of ${size} have ended`)
    return wrong
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** What the logs say of an operation, to find out what went wrong. */
function historyOf(root: string, id: string, rounds: number): string {
  return Array.from({ length: rounds + 1 }, (_, round) => {
    const { events, cutAt } = decodeLog(logOf(root, round))
    const told = events.flatMap((event) => ('id' in event && event.id === id ? [`${event.seq} ${event.type}`] : []))
    return `  r${round}, ${events.length} events, cut at ${cutAt ?? 'no byte'}: ${told.join(', ')}`
  }).join('\n')
}

const logOf = (root: string, round: number): Buffer => bytesOf(join(root, '.millrace', 'runs', `r${round}`, 'events.ndjson'))

/** Of a run that was killed before it had a log: nothing. */
function bytesOf(path: string): Buffer {
  return existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
}

/** Half of them before it has begun, as far as the machine goes along. */
export function anyMoment(): Kill {
  return Math.random() < 0.5 ? { after: 'start', ms: Math.random() * 400 } : { after: 'begun', ms: Math.random() * 90 }
}
