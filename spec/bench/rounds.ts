import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { operationsOf, type Case } from './cases.js'
import { isPeer } from './contenders.js'
import type { Order } from './child.js'
import { findingOf, type Finding, type Measured } from './finding.js'
import { refusals } from './refuse.js'
import type { Holding, Sample } from './sample.js'

export interface RoundSettings {
  readonly rounds: number
  /** A process that takes longer is ended, and its contender left out of the case; `limitUs` more for each operation. */
  readonly limitMs: number
  readonly limitUs: number
  /** A peer that took longer is not run again: one measurement has to do. */
  readonly onceMs: number
}

const child = fileURLToPath(new URL('./child.js', import.meta.url))

/** Measures one case: in each round every contender once, each in a fresh process, in an order that turns from round to round. */
export async function measureCase(one: Case, settings: RoundSettings): Promise<Finding> {
  const { name, contenders, task, holdings, flags, besides = [] } = one
  const rounds = Math.min(settings.rounds, one.rounds ?? Infinity)
  const states = contenders.map((contender) => {
    const samples: (Sample | undefined)[] = []
    return { contender, samples, refused: undefined as string | undefined, bytes: undefined as number | undefined, slow: false }
  })
  const limitMs = settings.limitMs + (operationsOf(task) * settings.limitUs) / 1_000
  for (let round = 0; round < rounds; round++) {
    const turned = [...states.slice(round % states.length), ...states.slice(0, round % states.length)]
    for (const state of turned) {
      if (state.refused !== undefined || state.slow) continue
      const answer = await ask<Sample>({ task, contender: state.contender, what: 'sample' }, flags, limitMs)
      if (typeof answer === 'string') state.refused = answer
      else {
        const [reason] = refusals(answer, availableParallelism())
        state.slow = isPeer(state.contender) && answer.wallMs > settings.onceMs
        if (reason === undefined) state.samples[round] = answer
        else state.refused = reason
      }
    }
  }
  for (const state of states) {
    if (state.refused !== undefined || !holdings.includes(state.contender)) continue
    const answer = await ask<Holding>({ task, contender: state.contender, what: 'holding' }, flags, limitMs)
    if (typeof answer !== 'string') state.bytes = answer.bytesPerOperation
  }
  const measured = states.map(({ contender, samples, refused, bytes }): Measured => {
    return { contender, samples: Array.from({ length: rounds }, (_, round) => samples[round]), bytesPerOperation: bytes, refused }
  })
  return findingOf(name, task, measured, besides)
}

/** Runs one process to its end: gives what it measured, or in words why it did not. */
export function ask<A>(order: Order, flags: readonly string[], limitMs: number, script = child): Promise<A | string> {
  return new Promise((resolve, reject) => {
    const args = ['--expose-gc', ...flags, script, JSON.stringify(order)]
    const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const texts = { out: '', errors: '' }
    let tooLong = false
    const timer = setTimeout(() => {
      tooLong = true
      running.kill('SIGKILL')
    }, limitMs)
    running.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()))
    running.stderr.on('data', (chunk: Buffer) => (texts.errors += chunk.toString()))
    running.on('error', reject)
    running.on('close', (code, signal) => {
      clearTimeout(timer)
      if (tooLong) resolve(`it takes longer than ${limitMs / 1_000} s`)
      else if (code === 0 && texts.out !== '')
        resolve(JSON.parse(texts.out) as A) // It prints what it was asked for.
      else resolve(`its process ended with ${signal ?? `code ${code}`}: ${lastWords(texts.errors)}`)
    })
  })
}

function lastWords(errors: string): string {
  const lines = errors.split('\n').map((line) => line.trim())
  return (
    lines.find((line) => /^\w*(Error|error):|heap out of memory/.test(line)) ??
    lines.filter((line) => line !== '').at(-1) ??
    'it said nothing'
  )
}
