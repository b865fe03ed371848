// An agent program for specs: reads its task, a JSON object, from stdin, and speaks NDJSON, badly in whatever way it is asked to.
import { spawn } from 'node:child_process'

const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
const stay = () => setInterval(() => {}, 1_000)
let input = ''
for await (const chunk of process.stdin) input += chunk
// What its kind is told comes before the task, replies to earlier turns after it.
const { how, ...more } = JSON.parse(/^\{"how".*$/m.exec(input)[0])

const ways = {
  well() {
    tell({ type: 'output', text: 'looking' })
    tell({ type: 'progress', fraction: 0.5, message: 'half of it' })
    tell({ type: 'usage', inputTokens: 12, outputTokens: 3 })
    tell({ type: 'result', text: `done ${more.what}` })
  },
  trace: () => tell({ type: 'result', text: `${process.env.TRACEPARENT} ${process.env.TRACESTATE}` }),
  neverEnds: () => (tell({ type: 'output', text: `pid ${process.pid}` }), stay()),
  ignoresTerm: () => (process.on('SIGTERM', () => {}), ways.neverEnds()),
  async halfLines() {
    for (const byte of Buffer.from('{"type":"output","text":"gr\u00fc\u00df"}\n{"type":"result","text":"\u{1f41d}"}')) {
      process.stdout.write(Buffer.of(byte))
      await new Promise(setImmediate)
    }
  },
  floods: () => process.stdout.write(`${JSON.stringify({ type: 'output', text: 'x'.repeat(9_000) })}\n`, () => ways.floods()),
  oneLine: () => process.stdout.write('x'.repeat(65_536), () => ways.oneLine()),
  exitsEarly: () => console.error('no key was found'),
  fails: () => (tell({ type: 'error', message: 'the model is overloaded' }), (process.exitCode = 1)),
  asks: () => tell({ type: 'input-required', message: 'Which branch?' }),
  asksFirst() {
    const said = /^Reply to you:\n(.*)$/m.exec(input)?.[1]
    tell(said === undefined ? { type: 'input-required', message: 'Which branch?' } : { type: 'result', text: `on ${said}` })
  },
  crashes: () => (tell({ type: 'result', text: 'half' }), console.error('out of luck'), process.exit(3)),
  dies: () => process.kill(process.pid, 'SIGKILL'),
  lingers: () => (tell({ type: 'result', text: `pid ${process.pid}` }), stay()),
  junk: () => (process.stdout.write('Welcome!\n\n[1, 2]\n'), tell({ type: 'unheard-of' }), tell({ type: 'result', value: { fine: true } })),
  forks() {
    const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], { stdio: 'inherit' })
    child.on('spawn', () => (tell({ type: 'result', text: `pid ${child.pid}` }), process.exit(0)))
  },
}
await ways[how]()
