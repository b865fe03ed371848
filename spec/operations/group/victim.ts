import { spawn, type ChildProcess } from 'node:child_process'
import { startGroup } from '../../../src/operations/group/startGroup.js'

// A process that starts stubborn programs, says their pids, and waits for its end, or starts ever more of them:
// `node victim.js [wait | heap | abort | storm]`.

const way = process.argv[2]
const stubborn = 'trap "" TERM HUP INT QUIT;'
const scripts = [
  `${stubborn} echo "pid $$"; while :; do sleep 1; done`,
  // A group without its leader.
  `(${stubborn} echo "pid $(exec sh -c 'echo $PPID')"; while :; do sleep 1; done) & exit 0`,
  'sleep 600 & echo "pid $!"; sleep 601 & echo "pid $!"; echo "pid $$"; wait',
  `sh -c '${stubborn} echo "pid $$"; sh -c "echo pid \\$\\$; exec sleep 602"' & echo "pid $$"; wait`,
]

function begin(file: string, args: readonly string[]): ChildProcess {
  return startGroup(process.env, (env) => spawn(file, args, { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] })).child
}

if (way === 'storm') setInterval(() => begin('sleep', [`60${process.pid}.5`]), 1)
else for (const script of scripts) begin('sh', ['-c', script]).stdout?.pipe(process.stdout)

process.stdin.once('data', () => {
  if (way === 'abort') process.abort()
  if (way === 'wait') process.stdout.write('there\n')
  const held: unknown[] = []
  if (way === 'heap') for (;;) held.push(Array.from({ length: 1_000 }, () => ({ held })))
})
