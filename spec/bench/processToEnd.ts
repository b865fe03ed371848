import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

/** What a process used, told by itself as it ended or while it ran. */
export interface Usage {
  readonly cpuMs: number
  readonly peakMb: number
}

export interface Ended extends Usage {
  readonly code: number | null
  readonly wallMs: number
  /** What it wrote to stdout, unless that went to a file. */
  readonly output: string
}

/** The command line program of this build. */
export const program = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url))
const hook = fileURLToPath(new URL('./tellUsage.cjs', import.meta.url))

/** Runs Node to its end; `files` are open ones for its stdout and stderr. */
export function processToEnd(args: readonly string[], files: { readonly stdout?: number; readonly stderr?: number } = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const before = performance.now()
    const { stdout = 'pipe', stderr = 'inherit' } = files
    const child = spawn(process.execPath, ['--require', hook, ...args], { stdio: ['ignore', stdout, stderr, 'pipe'] })
    const texts = { output: '', usage: '' }
    child.stdout?.on('data', (chunk: Buffer) => (texts.output += chunk.toString()))
    // The pipe that stdio asks for above.
    ;(child.stdio[3] as Readable).on('data', (chunk: Buffer) => (texts.usage += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      const wallMs = performance.now() - before
      resolve({ ...(JSON.parse(texts.usage) as Usage), code, wallMs, output: texts.output }) // tellUsage.cjs writes it.
    })
  })
}
