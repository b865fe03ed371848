// @limit 300
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace, start, type Ended } from './millrace.js'

const test = suite('millrace resume and retry')

const sh = (id: string, script: string, more: object = {}): object => ({
  id,
  type: 'shell',
  operation: 'run',
  params: { command: ['sh', '-c', script] },
  ...more,
})
const write = (id: string, more: object = {}): object => ({
  id,
  type: 'file',
  operation: 'write',
  params: { path: `${id}.txt`, content: id },
  ...more,
})

const logged = async (cwd: string): Promise<readonly string[]> => (await readFile(join(cwd, 'log'), 'utf8')).trim().split('\n')
const runIds = (cwd: string): Promise<string[]> => readdir(join(cwd, '.millrace', 'runs'))

/** Runs a plan until something is in its log file, and kills it. */
async function killed(cwd: string, args: readonly string[] = ['run', 'plan.json', '-q']): Promise<void> {
  const { child, ended } = start(args, { cwd })
  for (let begun = false; !begun;) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    begun = await readFile(join(cwd, 'log'), 'utf8').then(
      (text) => text.includes('slow'),
      () => false,
    )
  }
  child.kill('SIGKILL')
  await ended
}

const slow = [
  sh('first', 'echo first >> log; echo 1'),
  sh('slow', 'echo slow >> log; test -e go || sleep 60', { dependencies: ['first'] }),
  write('last', { dependencies: ['slow'] }),
]

test('a killed run goes on where it was: what had ended is not done again', () =>
  inFolder({ 'plan.json': slow }, async (cwd) => {
    await killed(cwd)
    const refused = await millrace(['resume'], { cwd })
    assert.is(refused.code, 2)
    assert.match(
      refused.stderr,
      /^"slow" \(shell\.run\) was interrupted in attempt 1\. It is not repeatable, and its effect is unknown\.\n/,
    )
    assert.match(refused.stderr, /--rerun slow, or mark it as done with --done slow\.\n1 problem; nothing was done\.\n$/)

    const tried = await millrace(['resume', '--rerun', 'slow', '--dry-run', '--json'], { cwd })
    const [runId] = await runIds(cwd)
    assert.equal(JSON.parse(tried.stdout), { resumes: runId, reused: ['first'], left: ['slow', 'last'], added: [], gone: [] })
    assert.is((await runIds(cwd)).length, 1)

    await writeFile(join(cwd, 'go'), '')
    const done = await millrace(['resume', '--rerun', 'slow', '--json', '-q'], { cwd })
    assert.is(done.code, 0, done.stderr)
    const { operations } = JSON.parse(done.stdout) as { operations: { id: string; reusedFrom?: string; attempts: number }[] }
    assert.equal(operations.map(({ id, reusedFrom, attempts }) => [id, reusedFrom, attempts]), [['first', runId, 0], ['slow', undefined, 1], ['last', undefined, 1]]) // prettier-ignore
    assert.equal(await logged(cwd), ['first', 'slow', 'slow'])

    const again = await millrace(['resume', runId!], { cwd })
    assert.is(again.code, 2)
    assert.match(again.stderr, `The run ${runId} was already resumed by the run `)
    assert.match((await millrace(['resume'], { cwd })).stderr, 'error: no run was interrupted here.')
  }))

test('the commands that it proposes can be typed as they are: words are quoted, and the root is named where it has to be', () =>
  inFolder(
    { 'plan.json': [sh('two words', 'echo slow >> log; test -e go || sleep 60'), sh('bad', 'exit 1', { dependencies: ['two words'] })] },
    async (cwd) => {
      await killed(cwd)
      const refused = await millrace(['resume'], { cwd })
      assert.match(refused.stderr, "--rerun 'two words', or mark it as done with --done 'two words'.\n")
      await writeFile(join(cwd, 'go'), '')
      const resumed = await millrace(['resume', '--rerun', 'two words', '-q'], { cwd })
      assert.match(resumed.stdout, /Details: millrace show [\da-f]+ bad\n/)
      const [parent, folder] = [dirname(cwd), basename(cwd)]
      const elsewhere = await millrace(['retry', '--root', folder, '-q'], { cwd: parent })
      assert.match(elsewhere.stdout, new RegExp(`Details: millrace show [\\da-f]+ bad --root ${folder}\n`))
      const ended = await millrace(['resume', /show ([\da-f]+)/.exec(elsewhere.stdout)![1]!, '--root', folder], { cwd: parent })
      assert.match(ended.stderr, new RegExp(`use "millrace retry [\\da-f-]+ --root ${folder}"`))
    },
  ))

test('it is the same run: its flags hold, and --done gives a result', () =>
  inFolder({ 'plan.json': { operations: slow, name: 'by name' } }, async (cwd) => {
    await killed(cwd, ['run', 'plan.json', '-q', '--concurrency', '3', '--allow-program', 'sh'])
    const done = await millrace(['resume', '--done', 'slow={"stdout":"x"}', '--events', '-q'], { cwd })
    assert.is(done.code, 0, done.stderr)
    const [started] = done.stdout.split('\n').map((line) => JSON.parse(line || '{}') as { concurrency?: number; name?: string })
    assert.equal([started?.concurrency, started?.name], [3, 'by name'])
    assert.equal(await logged(cwd), ['first', 'slow'])
  }))

test('an interrupted run that resumed an earlier run is resumed together with it', () =>
  inFolder(
    { 'plan.json': [...slow, sh('slower', 'echo slower >> log; test -e go2 || sleep 60', { dependencies: ['last'] })] },
    async (cwd) => {
      await killed(cwd)
      await writeFile(join(cwd, 'go'), '')
      const { child, ended } = start(['resume', '--rerun', 'slow', '-q'], { cwd })
      while (!(await logged(cwd)).includes('slower')) await new Promise((resolve) => setTimeout(resolve, 20))
      child.kill('SIGKILL')
      await ended
      await writeFile(join(cwd, 'go2'), '')
      const done = await millrace(['resume', '--rerun', 'slower', '-q'], { cwd })
      assert.is(done.code, 0, done.stderr)
      assert.equal(await logged(cwd), ['first', 'slow', 'slow', 'slower', 'slower'])
    },
  ))

test('a run that was killed behind its last operation gets an end, and is not interrupted any more', () =>
  inFolder({ 'plan.json': [sh('a', 'echo a >> log')] }, async (cwd) => {
    assert.is((await millrace(['run', 'plan.json', '-q'], { cwd })).code, 0)
    const [runId] = await runIds(cwd)
    const path = join(cwd, '.millrace', 'runs', runId!, 'events.ndjson')
    const lines = (await readFile(path, 'utf8')).split('\n')
    await writeFile(path, `${lines.slice(0, -2).join('\n')}\n`)
    const done = await millrace(['resume'], { cwd })
    assert.is(done.code, 0, done.stderr)
    assert.match(done.stderr, '1 outcome reused, 0 operations left to run.')
    assert.equal(await logged(cwd), ['a'])
    assert.match((await millrace(['resume'], { cwd })).stderr, 'no run was interrupted here')
  }))

test('show and report say that a later run has not finished, before they take the last that has', () =>
  inFolder({ 'plan.json': slow, 'short.json': [write('one')] }, async (cwd) => {
    await killed(cwd)
    const [id = ''] = await runIds(cwd)
    const said = `A later run, ${id.slice(0, 8)}, has not finished: see it with "millrace show ${id.slice(0, 8)}"`
    const none = await millrace(['show'], { cwd })
    assert.is(none.code, 2)
    assert.match(none.stderr, said)
    assert.is((await millrace(['run', 'short.json', '-q'], { cwd })).code, 0)
    assert.is((await millrace(['show'], { cwd })).stderr, '')
    await millrace(['run', 'short.json', '-q', '--no-log'], { cwd })
    await writeFile(join(cwd, 'log'), '')
    await killed(cwd)
    const shown = await millrace(['show'], { cwd })
    assert.is(shown.code, 0)
    assert.match(shown.stderr, 'has not finished: see it with "millrace show ')
    assert.match(shown.stdout, 'succeeded')
    const reported = await millrace(['report'], { cwd })
    assert.is(reported.code, 0)
    assert.match(reported.stderr, 'has not finished: see it with "millrace report ')
  }))

test('of two at the same time one goes on', () =>
  inFolder({ 'plan.json': slow }, async (cwd) => {
    await killed(cwd)
    await writeFile(join(cwd, 'go'), '')
    const resume = (): Promise<Ended> => millrace(['resume', '--rerun', 'slow', '-q'], { cwd })
    const all = await Promise.all([resume(), resume(), resume()])
    assert.equal(all.map(({ code }) => code).sort((a, b) => (a ?? 0) - (b ?? 0)), [0, 2, 2], all.map(({ stderr }) => stderr).join('\n')) // prettier-ignore
    assert.equal(await logged(cwd), ['first', 'slow', 'slow'])
  }))

test('Ctrl-C is an interruption too, and a clean-up that ran says where to start', () =>
  inFolder(
    {
      'plan.json': [
        sh('start', 'echo start >> log'),
        sh('slow', 'echo slow >> log; test -e go || sleep 60', { dependencies: ['start'] }),
        sh('stop', 'echo stop >> log', { dependencies: ['slow'], when: 'settled' }),
      ],
    },
    async (cwd) => {
      const { child, ended } = start(['run', 'plan.json', '-q'], { cwd })
      while (!(await logged(cwd).catch((): readonly string[] => [])).includes('slow'))
        await new Promise((resolve) => setTimeout(resolve, 20))
      child.kill('SIGINT')
      assert.is((await ended).code, 130)
      await writeFile(join(cwd, 'go'), '')
      assert.equal(await logged(cwd), ['start', 'slow', 'stop'])
      const refused = await millrace(['resume'], { cwd })
      assert.match(refused.stderr, '"stop" is a clean-up that has already run')
      assert.match(refused.stderr, '--from start')
      const done = await millrace(['resume', '--from', 'start', '-q'], { cwd })
      assert.is(done.code, 0, done.stderr)
      assert.equal((await logged(cwd)).slice(-3), ['start', 'slow', 'stop'])
    },
  ))

test('a run that goes on is written as a report like any other: to the files of before, or to others, named from where one is', () =>
  inFolder({ 'plan.json': { operations: [sh('a', 'test -e go')] } }, async (cwd) => {
    await millrace(['run', 'plan.json', '-q', '--events', '--metrics', '--html', 'run.html', '--junit', 'run.xml'], { cwd })
    await Promise.all(['run.html', 'run.xml'].map((name) => rm(join(cwd, name))))
    const [parent, folder] = [dirname(cwd), basename(cwd)]
    const other = `${folder}-retried.xml`
    try {
      const failed = await millrace(['retry', '--root', folder, '--junit', other, '-q'], { cwd: parent })
      assert.is(failed.code, 1, failed.stderr)
      assert.match(await readFile(join(parent, other), 'utf8'), 'failures="1"')
    } finally {
      await rm(join(parent, other), { force: true })
    }
    assert.equal((await readdir(cwd)).toSorted(), ['.millrace', 'plan.json', 'run.html'])
    await writeFile(join(cwd, 'go'), '')
    const piped = await millrace(['retry', '-q', '--junit', '-', '--alert', 'stalled>30s'], { cwd })
    assert.equal([piped.code, piped.stderr], [0, ''])
    assert.match(piped.stdout, /^<\?xml [\s\S]*failures="0"/)
    const crowded = await millrace(['retry', '--html', '-', '--json'], { cwd })
    assert.match(crowded.stderr, 'error: --html - and --json both write to stdout.')
    const metrics = await millrace(['retry', '--rerun', 'all', '-q', '--events', '--metrics'], { cwd })
    assert.match(metrics.stdout, '"type":"metrics-sampled"')
  }))

test('what is done again refers to the service that was started again, and not to that of before', () => {
  // Another address each time, as of a server that takes any free port.
  const serving = `console.log('Listening on http://127.0.0.1:1/' + require('crypto').randomUUID()); setInterval(() => {}, 1000)`
  const service = {
    id: 'server',
    type: 'shell.run',
    service: true,
    ready: { line: 'Listening on' },
    params: { command: ['node', '-e', serving] },
  }
  const asks = (id: string, script: string, more: object = {}): object => ({
    id,
    type: 'shell.run',
    params: { command: ['sh', '-c', script], env: { URL: { $ref: 'server.url' } } },
    ...more,
  })
  const plan = [service, asks('first', 'echo $URL'), asks('second', 'test -e go && echo $URL', { dependencies: ['first'] })]
  return inFolder({ 'plan.json': plan }, async (cwd) => {
    assert.is((await millrace(['run', 'plan.json', '-q'], { cwd })).code, 1)
    await writeFile(join(cwd, 'go'), '')
    const { code, stdout, stderr } = await millrace(['retry', '--json', '-q'], { cwd })
    assert.is(code, 0, stderr)
    const { operations } = JSON.parse(stdout) as { operations: { id: string; value: { url?: string; stdout?: string } }[] }
    const [server, first, second] = operations.map(({ value }) => value)
    assert.is(second!.stdout, server!.url)
    assert.match(first!.stdout!, /^http:/)
    assert.is.not(first!.stdout, server!.url)
  })
})

test('retry does what failed again, also by a plan that was mended', () =>
  inFolder(
    {
      'plan.json': [
        sh('a', 'echo a >> log'),
        sh('b', 'echo b >> log; exit 3', { dependencies: ['a'] }),
        write('c', { dependencies: ['b'] }),
      ],
      'mended.json': [
        sh('a', 'echo a >> log'),
        sh('b', 'echo mended >> log', { dependencies: ['a'] }),
        write('c', { dependencies: ['b'] }),
      ],
    },
    async (cwd) => {
      assert.is((await millrace(['run', 'plan.json', '-q'], { cwd })).code, 1)
      assert.match((await millrace(['resume'], { cwd })).stderr, 'no run was interrupted here')
      assert.match((await millrace(['retry', ''], { cwd })).stderr, 'no run here is called ""')
      assert.is((await millrace(['retry', '-q'], { cwd })).code, 1)
      const done = await millrace(['retry', '--plan', 'mended.json', '-q'], { cwd })
      assert.is(done.code, 0, done.stderr)
      assert.equal(await logged(cwd), ['a', 'b', 'b', 'mended'])
      assert.match((await millrace(['retry'], { cwd })).stderr, 'has nothing to retry')
    },
  ))

test('a secret input is stored nowhere: it has to be given again, and the word in its place is never used', () =>
  inFolder(
    {
      'plan.json': {
        inputs: { api_key: 'none', level: 'low' },
        operations: [
          sh('first', 'test -e go'),
          {
            ...write('last', { dependencies: ['first'] }),
            params: { path: 'last.txt', content: { $template: '{{$input.api_key}} {{$input.level}}' } },
          },
        ],
      },
    },
    async (cwd) => {
      const ran = await millrace(['run', 'plan.json', '-q', '--set', 'api_key=first-secret-1', '--set=level=high'], { cwd })
      assert.is(ran.code, 1, ran.stderr)
      await writeFile(join(cwd, 'go'), '')
      const refused = await millrace(['retry'], { cwd })
      assert.is(refused.code, 2)
      assert.match(refused.stderr, 'The input "api_key" was given a secret value, which is not stored. Give it again: --set api_key=VALUE')
      const again = await millrace(['retry', '-q', '--set', 'api_key=second-secret-2'], { cwd })
      assert.is(again.code, 0, again.stderr)
      assert.is(await readFile(join(cwd, 'last.txt'), 'utf8'), 'second-secret-2 high')
    },
  ))

test('a run from stdin needs a plan, and says so', () =>
  inFolder({ 'plan.json': [sh('b', 'exit 3')] }, async (cwd) => {
    assert.is((await millrace(['run', '-', '-q'], { cwd, stdin: JSON.stringify([sh('b', 'exit 3')]) })).code, 1)
    const refused = await millrace(['retry'], { cwd })
    assert.is(refused.code, 2)
    assert.match(refused.stderr, 'Name its file with --plan FILE.')
    assert.is((await millrace(['retry', '--plan', 'plan.json', '-q'], { cwd })).code, 1)
  }))

test('a run that resumed an earlier run is no baseline and has no advice', () =>
  inFolder({ 'plan.json': [sh('a', 'true'), sh('b', 'test -e go', { dependencies: ['a'] })] }, async (cwd) => {
    assert.is((await millrace(['run', 'plan.json', '-q'], { cwd })).code, 1)
    await writeFile(join(cwd, 'go'), '')
    assert.is((await millrace(['retry', '-q'], { cwd })).code, 0)
    const set = await millrace(['baseline', 'set', 'good'], { cwd })
    assert.is(set.code, 2)
    assert.match(set.stderr, 'resumed an earlier run')
  }))

const wrong: readonly (readonly [args: readonly string[], says: string])[] = [
  [['resume'], 'no run was interrupted here'],
  [['retry'], 'there are no runs here'],
  [['resume', 'nothing'], 'no run here is called "nothing"'],
  [['retry', '--done', 'a={'], 'must be JSON'],
  [['resume', '--root', 'nowhere'], 'no run was interrupted here'],
]
for (const [args, says] of wrong)
  test(`${args.join(' ')}: says what is wrong`, () =>
    inFolder({}, async (cwd) => {
      const refused = await millrace(args, { cwd })
      assert.is(refused.code, 2)
      assert.match(refused.stderr, says)
    }))

test.run()
