import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a process of the benchmark is told. */
export interface Order<Task = object> {
  readonly task: Task
  readonly contender: string
  readonly what: 'sample' | 'holding'
}

const child = fileURLToPath(new URL('./child.js', import.meta.url))

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
