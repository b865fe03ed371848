import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeLog } from '../../../src/journal/log/decodeLog.js'
import { tempTree } from '../../support/tempTree.js'
import { effectsIn, notedPlan, size } from './killedPlan.js'

const child = fileURLToPath(new URL('killedRun.js', import.meta.url))

/** Runs it to its end, or kills it so many ms after it has begun. What it said. */
function runOne(args: readonly string[], killAfterMs: number | undefined): Promise<string> {
  const run = spawn(process.execPath, [child, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [told, wrong] = ['', '']
  run.stderr.on('data', (text: Buffer) => (wrong += text.toString()))
  run.stdout.on('data', (text: Buffer) => {
    if (told === '' && killAfterMs !== undefined) setTimeout(() => run.kill('SIGKILL'), killAfterMs)
    told += text.toString()
  })
  return new Promise((resolve, reject) => {
    run.on('error', reject)
    run.on('close', (code) => (code === 0 || killAfterMs !== undefined ? resolve(told) : reject(new Error(`exit ${code}: ${wrong}`))))
  })
}

/**
 * Runs a random plan of 400 operations, kills the run and those that resume it so many times, then lets one end. Gives what of the
 * promises did not hold: nothing.
 */
export async function killAndResume(seed: number, kills: number, delayMs: () => number): Promise<readonly string[]> {
  const root = tempTree({})
  const { plan, sums } = notedPlan(seed)
  const wrong: string[] = []
  const acknowledged = new Map<string, number>()
  const values = new Map<string, unknown>()
  try {
    for (let round = 0; round <= kills; round++) {
      const earlier = round === 0 ? [] : [`r${round - 1}`]
      const told = await runOne([root, `${seed}`, `r${round}`, ...earlier], round === kills ? undefined : delayMs())
      const after = effectsIn(root)
      for (const [id, count] of acknowledged)
        if (after.get(id) !== count) wrong.push(`seed ${seed}, run ${round}: ${id} was acknowledged, and done again`)
      const { events, damage } = decodeLog(readFileSync(join(root, '.millrace', 'runs', `r${round}`, 'events.ndjson')))
      if (damage !== undefined) wrong.push(`seed ${seed}, run ${round}: ${damage.reason}`)
      for (const event of events) {
        if (event.type !== 'operation-succeeded') continue
        acknowledged.set(event.id, after.get(event.id) ?? 0)
        values.set(event.id, (event.value as { readonly sum?: unknown }).sum)
      }
      // A kill may come after the end was logged and before the process had said so: there is nothing left to resume.
      if (events.some((event) => event.type === 'run-finished' && event.summary.ok)) break
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
    rmSync(root, { recursive: true, force: true })
  }
}
