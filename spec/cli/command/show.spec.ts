import { readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace, node, start, timed } from './millrace.js'

const test = suite('millrace show')

const plan = {
  name: 'site',
  concurrency: 1,
  operations: [
    node('build', 'console.log("built"); console.error("watch out")'),
    node('test', 'console.log("1 != 2"); process.exit(3)', { dependencies: ['build'], retry: { attempts: 2, delayMs: 1 } }),
    { id: 'read', type: 'file', operation: 'stat', params: { path: '.' } },
    node('pack', '', { dependencies: ['test'] }),
  ],
}

test('a run again, as its report said, and each of its operations', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    const ran = await millrace(['run', 'plan.json', '--output', 'failed'], { cwd })
    const again = await millrace(['show'], { cwd })
    assert.is(again.code, 0, again.stderr)
    const reported = ran.stdout.slice(0, ran.stdout.indexOf('On average'))
    assert.is(again.stdout.slice(0, again.stdout.indexOf('On average')), reported)

    const [, command] = /Details: millrace (show \S+ test)\n/.exec(ran.stdout)!
    const failed = await millrace(command!.split(' '), { cwd })
    assert.match(failed.stdout, timed(/^✗ test \(shell\.run\) failed after TIME: node exited with code 3/))
    assert.match(failed.stdout, timed(/\n {2}It waited TIME for build, then .* for a slot\.\n/))
    assert.match(failed.stdout, timed(/\n {2}Attempt 1: TIME, failed: node exited with code 3.*\n {2}Attempt 2: TIME, failed: /))
    assert.match(failed.stdout, /\nstdout \(2 lines\):\n {2}│ 1 != 2\n {2}│ 1 != 2\n$/)

    const succeeded = await millrace(['show', 'last', 'build'], { cwd })
    assert.match(succeeded.stdout, timed(/^✓ build \(shell\.run\) succeeded in TIME\n/))
    assert.match(succeeded.stdout, /\nvalue \(\d+ lines\):\n {2}│ \{\n {2}│ {3}"exitCode": 0,/)
    assert.match(succeeded.stdout, 'stdout (1 line):\n  │ built\nstderr (1 line):\n  │ watch out\n')
    assert.is((await millrace(['show', 'last', 'pack'], { cwd })).stdout, '⊘ pack was skipped: it needs test.\n')
  }))

test('one word that names no run is an operation of the last run', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    await millrace(['run', 'plan.json', '--quiet'], { cwd })
    assert.match((await millrace(['show', 'read'], { cwd })).stdout, /^✓ read \(file\.stat\) succeeded/)
  }))

test('--json has all of it for programs', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    await millrace(['run', 'plan.json', '--quiet'], { cwd })
    const document = JSON.parse((await millrace(['show', 'last', 'test', '--json'], { cwd })).stdout) as {
      readonly [key: string]: unknown
      readonly attempts: readonly { readonly attempt: number; readonly error: { readonly type: string } }[]
      readonly waiting: { readonly dependencies: readonly string[] }
    }
    assert.is(document['outcome'], 'failed')
    assert.is(document['stdout'], '1 != 2\n1 != 2\n')
    assert.equal(
      document.attempts.map(({ attempt, error }) => [attempt, error.type]),
      [
        [1, 'exit-code'],
        [2, 'exit-code'],
      ],
    )
    assert.equal(document.waiting.dependencies, ['build'])
    const run = JSON.parse((await millrace(['show', '--json'], { cwd })).stdout) as { readonly ok: boolean; readonly name: string }
    assert.equal([run.ok, run.name], [false, 'site'])
  }))

test('what is not there is told with what is', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    assert.match((await millrace(['show'], { cwd })).stderr, 'there are no finished runs here yet')
    await millrace(['run', 'plan.json', '--quiet'], { cwd })
    const rows: readonly [args: readonly string[], text: RegExp][] = [
      [['show', 'last', 'tset'], /^error: the run \S+ has no operation "tset"\. Did you mean "test"\?\n$/],
      [['show', 'nope'], /^error: no run here is called "nope"\. "millrace history" lists them\. The last run has no operation/],
      [['show', 'last~9'], /^error: last~9: there is only 1 run here\. The earliest is last\.\n$/],
      [['show', 'nope', 'test'], /^error: no run here is called "nope"\. "millrace history" lists them\.\n$/],
    ]
    for (const [args, text] of rows) {
      const { code, stderr } = await millrace(args, { cwd })
      assert.is(code, 2)
      assert.match(stderr, text)
    }
  }))

test('a run that goes on, was killed or was resumed says what had ended, what was under way, what is left, and the next command', () =>
  inFolder(
    {
      'plan.json': {
        operations: [
          node('items', '', { each: [1, 2] }),
          node('slow', 'if (!require("fs").existsSync("go")) { console.log("up"); setInterval(() => {}, 1000) }', {
            dependencies: ['items'],
            title: 'the slow one',
            repeatable: true,
          }),
          node('last', '', { dependencies: ['slow'] }),
        ],
      },
    },
    async (cwd) => {
      const running = start(['run', 'plan.json', '--output', 'stream'], { cwd })
      await running.told('up')
      const [run] = await readdir(join(cwd, '.millrace/runs'))
      const [parent, folder] = [dirname(cwd), basename(cwd)]
      const far = '\n\nUnder way: the slow one.\nNot started: last.\n\n'
      const live = await millrace(['show', run!, '--root', folder], { cwd: parent })
      const ended = `The run ${run} goes on, in process ${running.child.pid}: 1 of 3 operations have ended.`
      assert.match(live.stdout, timed(/^✓ items {2}TIME/))
      assert.ok(live.stdout.endsWith(`${far}${ended}\nTo see it live: millrace watch ${run} --root ${folder}\n`), live.stdout)
      running.child.kill('SIGKILL')
      await running.ended
      const killed = await millrace(['show', run!], { cwd })
      const cut = `The run ${run} did not finish: 1 of 3 operations had ended.`
      assert.ok(killed.stdout.endsWith(`${far}${cut}\nTo continue it: millrace resume ${run}\n`), killed.stdout)
      const document = JSON.parse((await millrace(['show', run!, '--json'], { cwd })).stdout) as object
      assert.equal(document, { runId: run, unfinished: true, ended: ['items'], underWay: ['slow'], notStarted: ['last'] })
      await writeFile(join(cwd, 'go'), '')
      const resumed = await millrace(['resume', run!, '--json', '-q'], { cwd })
      const { runId: later } = JSON.parse(resumed.stdout) as { readonly runId: string }
      const old = await millrace(['show', run!], { cwd })
      assert.ok(old.stdout.endsWith(`${far}${cut}\nIt was continued: millrace show ${later}\n`), old.stdout)
    },
  ))

test('a run that was cut off is shown as far as its log goes; of one whose log is gone that is said', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    await millrace(['run', 'plan.json', '--quiet'], { cwd })
    const runs = join(cwd, '.millrace/runs')
    const [run] = await readdir(runs)
    await truncate(join(runs, run!, 'events.ndjson'), 1_000)
    const cut = await millrace(['show', run!], { cwd })
    assert.match(cut.stdout, /\nThe run \S+ did not finish: \d of 4 operations had ended\.\nTo continue it: millrace resume \S+\n$/)
    await rm(join(runs, run!), { recursive: true })
    const gone = await millrace(['show', run!], { cwd })
    assert.match(gone.stderr, /^error: the log of the run \S+ is gone: --keep limits how many logs are kept\./)
  }))

test.run()
