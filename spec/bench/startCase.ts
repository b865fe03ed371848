import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Sample } from './sample.js'

const program = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url))
const hook = fileURLToPath(new URL('./tellUsage.cjs', import.meta.url))

/** The start of the command line program: `--help`, against Node with nothing to do. Both tell their CPU time as they exit. */
export async function measureStart(contender: string): Promise<Sample> {
  const args = contender === 'by hand' ? ['-e', '0'] : [program, '--help']
  const wallBefore = performance.now()
  const { code, output, usage } = await started(['--require', hook, ...args])
  const wallMs = performance.now() - wallBefore
  const { cpuMs, peakMb } = JSON.parse(usage) as { readonly cpuMs: number; readonly peakMb: number } // tellUsage.cjs writes it.
  const wrong = code !== 0 || (contender === 'millrace' && !output.includes('Usage: millrace'))
  return { operations: 1, cpuMs, wallMs, peakMb, problems: wrong ? [`it ended with ${code}: ${output}`] : [] }
}

interface Ended {
  readonly code: number | null
  readonly output: string
  readonly usage: string
}

function started(args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] })
    const texts = { output: '', usage: '' }
    child.stdout!.on('data', (chunk: Buffer) => (texts.output += chunk.toString()))
    child.stdio[3]!.on('data', (chunk: Buffer) => (texts.usage += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...texts }))
  })
}
