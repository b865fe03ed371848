import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Sample } from './sample.js'
import { initialize, serverArgs, serverProcess, type Usage } from './serverProcess.js'

/** The start of the command line program with `--help`, or of the server to its first answer; so many times, one after the other. */
export interface StartSettings {
  readonly of: 'help' | 'server'
  readonly starts: number
}

interface Started extends Usage {
  readonly wallMs: number
  readonly problems: readonly string[]
}

const program = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url))
const hook = fileURLToPath(new URL('./tellUsage.cjs', import.meta.url))

/** By hand is Node with nothing to do, from its start to its end. */
export async function measureStart(contender: string, { of, starts }: StartSettings): Promise<Sample> {
  const all: Started[] = []
  for (let start = 0; start < starts; start++) {
    if (contender === 'by hand') all.push(await untilEnd(['-e', '0'], () => true))
    else if (of === 'help') all.push(await untilEnd([program, '--help'], (output) => output.includes('Usage: millrace')))
    else all.push(await untilAnswer(contender))
  }
  const sum = (figure: (one: Started) => number): number => all.reduce((total, one) => total + figure(one), 0)
  return {
    operations: starts,
    cpuMs: sum(({ cpuMs }) => cpuMs),
    wallMs: sum(({ wallMs }) => wallMs),
    peakMb: Math.max(...all.map(({ peakMb }) => peakMb)),
    problems: all.flatMap(({ problems }) => problems),
  }
}

/** CPU time is told shortly after the answer, by the process itself. */
async function untilAnswer(contender: string): Promise<Started> {
  const before = performance.now()
  const server = serverProcess(serverArgs(contender, tmpdir()))
  const problems = await initialize(server)
  const wallMs = performance.now() - before
  const usage = await server.usage()
  await server.end()
  return { ...usage, wallMs, problems }
}

/** The process tells its CPU time as it exits. */
function untilEnd(args: readonly string[], isRight: (output: string) => boolean): Promise<Started> {
  return new Promise((resolve, reject) => {
    const before = performance.now()
    const child = spawn(process.execPath, ['--require', hook, ...args], { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] })
    const texts = { output: '', usage: '' }
    child.stdout!.on('data', (chunk: Buffer) => (texts.output += chunk.toString()))
    child.stdio[3]!.on('data', (chunk: Buffer) => (texts.usage += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      const wallMs = performance.now() - before
      const usage = JSON.parse(texts.usage) as Usage // tellUsage.cjs writes it.
      resolve({ ...usage, wallMs, problems: code === 0 && isRight(texts.output) ? [] : [`it ended with ${code}: ${texts.output}`] })
    })
  })
}
