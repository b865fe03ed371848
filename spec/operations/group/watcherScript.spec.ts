import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { watcherScript } from '../../../src/operations/group/watcherScript.js'
import { startTicks } from '../../../src/system/processStart.js'
import { isRunning, noneLeft } from '../shell/shellAttempt.js'

const test = suite('script of the watcher')
/** One for each test in each shell: they run side by side, and a watcher ends whatever has its mark. */
const ownMark = (): string => `MILLRACE_WATCH=${randomBytes(16).toString('hex')}`

const shells = (
  [
    ['sh', '/bin/sh', []],
    ['dash', '/usr/bin/dash', []],
    // As it is where bash is the sh of the system: under that name it keeps to the standard.
    ['bash as sh', '/usr/bin/bash', []],
    ['busybox', '/usr/bin/busybox', ['sh']],
  ] as const
).filter(([, file]) => existsSync(file))

/** A group of its own, and whether it still runs. */
function group(
  script: string,
  env: NodeJS.ProcessEnv = {},
): { readonly pid: number; readonly child: ChildProcess; readonly runs: () => boolean } {
  const child = spawn('sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...env } })
  const pid = child.pid ?? 0
  child.unref()
  return { pid, child, runs: () => isRunning(pid) }
}

/** Holds which of these run, some time after what ended the others: one that was killed still shows until it has had its turn. */
async function run(groups: readonly { readonly runs: () => boolean }[], expected: readonly boolean[]): Promise<void> {
  const running = (): readonly boolean[] => groups.map(({ runs }) => runs())
  const until = performance.now() + 30_000
  while (running().some((runs, place) => runs && !expected[place]) && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(running(), expected)
}

/** Feeds the script, closes its input, and waits for its end. */
async function watched([, file, args]: (typeof shells)[number], lines: string, mark = ownMark()): Promise<void> {
  const shell = spawn(file, [...args, '-c', watcherScript, 'millrace-watcher', mark], {
    argv0: args.length === 0 ? 'sh' : file,
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  shell.stdin.end(lines)
  const [code] = (await once(shell, 'exit')) as [number | null]
  assert.ok(code !== null)
}

/** The same in every shell there is, side by side, since each waits for a second. */
const inEach = (title: string, check: (shell: (typeof shells)[number]) => Promise<void>): void =>
  test(`${title} (${shells.map(([name]) => name).join(', ')})`, () => Promise.all(shells.map(check)).then(() => undefined))

const stubborn = 'trap "" TERM; while :; do sleep 0.1; done'
const startOf = (pid: number): string => startTicks(pid) ?? '?'

inEach('ends a group that was told, also one that ignores TERM', async (shell) => {
  const [heeds, ignores] = [group('sleep 600'), group(stubborn)]
  await watched(shell, [heeds, ignores].map(({ pid }) => `! 0 0\n+ ${pid} ${startOf(pid)}\n`).join(''))
  await run([heeds, ignores], [false, false])
})

inEach('lets be what was taken back, what has another start, and a line that is not whole', async (shell) => {
  const groups = [group('sleep 600'), group('sleep 600'), group('sleep 600')] as const
  const [gone, stranger, torn] = groups
  const lines = `+ ${gone.pid} ${startOf(gone.pid)}\n+ ${stranger.pid} 1\n- ${gone.pid} 0\n+ ${torn.pid} ${startOf(torn.pid)}`
  await watched(shell, lines)
  await run(groups, [true, true, true])
  for (const { pid } of groups) process.kill(-pid, 'SIGKILL')
})

inEach('of many groups takes back the one that is meant', async (shell) => {
  const groups = Array.from({ length: 5 }, () => group('sleep 600'))
  const told = groups.map(({ pid }) => `+ ${pid} ${startOf(pid)}\n`).join('')
  await watched(shell, `${told}- ${groups[2]!.pid} 0\n- ${groups[0]!.pid} 0\n- 999999 0\n`)
  await run(groups, [true, false, true, false, false])
  for (const place of [0, 2]) process.kill(-groups[place]!.pid, 'SIGKILL')
})

if (process.platform === 'linux') {
  inEach('ends a group whose leader has ended', async (shell) => {
    const leader = group(`(${stubborn}) & echo $!; exit 0`)
    const start = startOf(leader.pid)
    const [member] = await Promise.all([once(leader.child.stdout!, 'data'), once(leader.child, 'exit')])
    await watched(shell, `+ ${leader.pid} ${start}\n`)
    await noneLeft([Number(String(member))])
  })

  inEach('finds what was only announced by its mark, and lets others be', async (shell) => {
    const mark = ownMark()
    const [name = '', value = ''] = mark.split('=')
    const before = group('sleep 600', { [name]: value })
    const shellStart = Number(startOf(before.pid))
    // The watcher looks at what started after itself: that takes a tick.
    await new Promise((resolve) => setTimeout(resolve, 50))
    const child = spawn(shell[1], [...shell[2], '-c', watcherScript, 'millrace-watcher', mark], {
      argv0: shell[2].length === 0 ? 'sh' : shell[1],
      detached: true,
      stdio: ['pipe', 'ignore', 'inherit'],
    })
    assert.ok(Number(startOf(child.pid ?? 0)) > shellStart)
    child.stdin.write('! 0 0\n')
    await new Promise((resolve) => setTimeout(resolve, 50))
    const [ours, other] = [group(stubborn, { [name]: value }), group('sleep 600')]
    child.stdin.end()
    await once(child, 'exit')
    await run([before, ours, other], [true, false, true])
    for (const { pid } of [before, other]) process.kill(-pid, 'SIGKILL')
  })

  inEach('looks for nothing when what was announced was not started', async (shell) => {
    const mark = ownMark()
    const [name = '', value = ''] = mark.split('=')
    const marked = group('sleep 600', { [name]: value })
    await watched(shell, '! 0 0\n- 0 0\n', mark)
    assert.ok(marked.runs())
    process.kill(-marked.pid, 'SIGKILL')
  })
}

inEach('takes a program with brackets and line ends in its name for what it is', async (shell) => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-watcher-'))
  const program = join(folder, 'a) S 1\n(b')
  symlinkSync('/bin/sleep', program)
  const odd = spawn(program, ['600'], { detached: true, stdio: 'ignore' })
  odd.unref()
  const pid = odd.pid ?? 0
  await watched(shell, `+ ${pid} ${startOf(pid)}\n`)
  await noneLeft([pid])
  rmSync(folder, { recursive: true })
})

test.run()
