import { tmpdir } from 'node:os'
import { processToEnd, program, type Usage } from './processToEnd.js'
import type { Sample } from './sample.js'
import { initialize, serverArgs, serverProcess } from './serverProcess.js'

/** The start of the command line program with `--help`, of the server to its first answer, or of a script that imports the core; so many times, one after the other. */
export interface StartSettings {
  readonly of: 'help' | 'server' | 'import'
  readonly starts: number
}

interface Started extends Usage {
  readonly wallMs: number
  readonly problems: readonly string[]
}

/** By hand is Node with nothing to do, from its start to its end; of an import, what a script of p-map and RxJS loads. */
export async function measureStart(contender: string, { of, starts }: StartSettings): Promise<Sample> {
  const all: Started[] = []
  for (let start = 0; start < starts; start++) {
    if (of === 'import') all.push(await untilEnd(['--input-type=module', '-e', imports(contender)], () => true))
    else if (contender === 'by hand') all.push(await untilEnd(['-e', '0'], () => true))
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

function imports(contender: string): string {
  return contender === 'by hand' ? `import 'p-map'; import 'rxjs'` : `import 'millrace'`
}

async function untilEnd(args: readonly string[], isRight: (output: string) => boolean): Promise<Started> {
  const { code, output, ...spent } = await processToEnd(args)
  return { ...spent, problems: code === 0 && isRight(output) ? [] : [`it ended with ${code}: ${output}`] }
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
