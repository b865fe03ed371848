import { lstat, readdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pictureIn } from '../../report/support/readPage.js'
import { inFolder, millrace, node, start } from './millrace.js'

const test = suite('millrace report')

const plan = {
  name: 'site',
  concurrency: 1,
  operations: [
    node('build', 'console.log("built")'),
    node('test', 'console.log("1 != 2"); process.exit(3)', { dependencies: ['build'] }),
    node('pack', '', { dependencies: ['test'] }),
  ],
}

test('writes the last run as a page, and its path to stdout', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    await millrace(['run', 'plan.json', '--quiet'], { cwd })
    const { code, stdout, stderr } = await millrace(['report'], { cwd })
    assert.is(code, 0, stderr)
    assert.match(stdout, /^\.millrace\/reports\/[\w-]+\.html\n$/)
    const picture = pictureIn(await readFile(join(cwd, stdout.trim()), 'utf8'))
    assert.equal(
      picture.operations.map(({ id, state, type }) => [id, state, type]),
      [
        ['build', 'succeeded', 'shell.run'],
        ['test', 'failed', 'shell.run'],
        ['pack', 'skipped', 'shell.run'],
      ],
    )
    assert.is(picture.plan, 'plan.json')
    assert.is(picture.operations[1]!.output!.stdout, '1 != 2\n')
    assert.equal(Array.from(picture.wiring!.targets), [1, 2])
  }))

test('is a flag of run too, which writes it when the run failed', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    const ran = await millrace(['run', 'plan.json', '--json', '--html', 'out/run.html'], { cwd })
    assert.is(ran.code, 1)
    assert.is((JSON.parse(ran.stdout) as { readonly ok: boolean }).ok, false)
    assert.match(ran.stderr, /^out\/run\.html$/m)
    assert.is(pictureIn(await readFile(join(cwd, 'out/run.html'), 'utf8')).ending!.ok, false)
    assert.equal(await readdir(join(cwd, 'out')), ['run.html'])
  }))

test('goes to stdout behind -, in the place of what people read there', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    const ran = await millrace(['run', 'plan.json', '--junit', '-', '--html', 'run.html'], { cwd })
    assert.is(ran.code, 1)
    assert.match(ran.stdout, /^<\?xml [\s\S]*<\/testsuites>\s*$/)
    assert.match(ran.stderr, /^run\.html$/m)
    const later = await millrace(['report', '--html', '-', '--junit', 'j.xml'], { cwd })
    assert.match(later.stdout, /^<!doctype html>/)
    assert.is(pictureIn(later.stdout).ending!.ok, false)
    assert.is(later.stderr, 'j.xml\n')
    const byName = await millrace(['report', '--junit', '/dev/stdout'], { cwd })
    assert.equal([byName.code, byName.stdout], [0, ran.stdout])
    assert.equal((await readdir(cwd)).toSorted(), ['.millrace', 'j.xml', 'plan.json', 'run.html'])
  }))

const crowded: readonly (readonly [args: readonly string[], fault: string])[] = [
  [['run', 'plan.json', '--html', '-', '--json'], '--html - and --json both write to stdout. Name a file after --html.'],
  [['run', 'plan.json', '--trace', '-', '--events'], '--trace - and --events both write to stdout. Name a file after --trace.'],
  [['run', 'plan.json', '--otlp', '-', '--tokens'], '--otlp - and --tokens both write to stdout. Name a file after --otlp.'],
  [['report', '--html', '-', '--junit', '/dev/stdout'], '--html - and --junit both write to stdout. Name a file after --html.'],
  [
    ['run', 'plan.json', '--junit', '-', '--repeat', '2', '--quiet'],
    '--repeat makes several runs, and --junit - writes one to stdout. Name a file after --junit: it has the last.',
  ],
  [['run', 'plan.json', '--html', ''], '--html has an empty name. Name a file, or - for stdout.'],
  [['report', '--trace', '.'], '--trace .: this is a folder. Name a file in it.'],
  [
    ['run', 'plan.json', '--config', '-'],
    '--config is read from a file: - (stdin) is only for the plan of "run" and "plan". Name a file, or write ./- for one called -.',
  ],
  [
    ['resume', '--plan', '-'],
    '--plan is read from a file: - (stdin) is only for the plan of "run" and "plan". Name a file, or write ./- for one called -.',
  ],
]

test('- for two things, or for what is read, is an error before anything runs', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    for (const [args, fault] of crowded) {
      const { code, stdout, stderr } = await millrace(args, { cwd })
      assert.equal([code, stdout, stderr], [2, '', `error: ${fault}\n`])
    }
    assert.equal(await readdir(cwd), ['plan.json'])
  }))

test('replaces a file that a link leads to, and no link or device', () =>
  inFolder({ 'plan.json': plan, 'real.xml': 'old' }, async (cwd) => {
    await symlink('real.xml', join(cwd, 'link.xml'))
    await millrace(['run', 'plan.json', '--quiet', '--junit', 'link.xml', '--html', '/dev/null'], { cwd })
    assert.ok((await lstat(join(cwd, 'link.xml'))).isSymbolicLink())
    assert.match(await readFile(join(cwd, 'real.xml'), 'utf8'), /<\/testsuites>/)
    assert.ok((await lstat('/dev/null')).isCharacterDevice())
  }))

test('is written by a run that was interrupted', () =>
  inFolder({ 'plan.json': { operations: [node('wait', 'console.log("up"); setTimeout(() => {}, 60_000)')] } }, async (cwd) => {
    const running = start(['run', 'plan.json', '--html', 'run.html', '--output', 'stream'], { cwd })
    await running.told('up')
    running.child.kill('SIGINT')
    assert.is((await running.ended).code, 130)
    assert.match(await readFile(join(cwd, 'run.html'), 'utf8'), /<title>plan\.json: interrupted<\/title>/)
  }))

test('shows the earlier runs of the plan', () =>
  inFolder({ 'plan.json': { operations: [node('a', '')] } }, async (cwd) => {
    for (let left = 3; left > 0; left--) await millrace(['run', 'plan.json', '--quiet'], { cwd })
    await millrace(['report', '--html', 'run.html'], { cwd })
    const { history } = pictureIn(await readFile(join(cwd, 'run.html'), 'utf8'))
    assert.is(history!.runs.length, 3)
    assert.is(history!.trend, 'Too few successful runs for a trend.')
  }))

test('shows a run whose process was killed, and what stands before damage', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    await millrace(['run', 'plan.json', '--quiet'], { cwd })
    const [runId] = await readdir(join(cwd, '.millrace/runs'))
    const log = join(cwd, '.millrace/runs', runId!, 'events.ndjson')
    const lines = (await readFile(log, 'utf8')).split('\n')
    const ready = lines.findIndex((line) => line.includes('"attempt-started"') && line.includes('"test"'))
    const whole = await readFile(log)
    await truncate(log, Buffer.byteLength(lines.slice(0, ready + 1).join('\n')) + 20)
    assert.is((await millrace(['report', '--html', 'cut.html'], { cwd })).code, 0)
    const cut = await readFile(join(cwd, 'cut.html'), 'utf8')
    assert.match(cut, /<title>site: did not end<\/title>/)
    assert.is(pictureIn(cut).operations.find(({ id }) => id === 'test')!.state, 'running')

    whole[Math.floor(whole.length / 2)]! ^= 1
    await writeFile(log, whole)
    const damaged = await millrace(['report', '--html', 'damaged.html'], { cwd })
    assert.is(damaged.code, 1)
    assert.match(damaged.stderr, /events\.ndjson/)
    assert.match(pictureIn(await readFile(join(cwd, 'damaged.html'), 'utf8')).notes[0]!, /^The event log is damaged/)
  }))

test('writes the forms of other programs, and only those that were asked for', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    const flags = ['--junit', 'out/j.xml', '--trace', 'out/t.json', '--otlp', 'out/o.ndjson', '--openmetrics', 'out/m.txt']
    assert.is((await millrace(['run', 'plan.json', '--quiet', ...flags], { cwd })).code, 1)
    const of = (name: string): Promise<string> => readFile(join(cwd, 'out', name), 'utf8')
    const ran = await Promise.all(['j.xml', 't.json', 'o.ndjson', 'm.txt'].map(of))
    const { code, stdout } = await millrace(['report', ...flags], { cwd })
    assert.is(code, 0)
    assert.equal(stdout.split('\n'), ['out/j.xml', 'out/t.json', 'out/o.ndjson', 'out/m.txt', ''])
    assert.equal(await Promise.all(['j.xml', 't.json', 'o.ndjson', 'm.txt'].map(of)), ran)
    assert.equal(await readdir(join(cwd, 'out')), ['j.xml', 'm.txt', 'o.ndjson', 't.json'])
    assert.match(ran[0]!, /<failure message="node exited with code 3\."/)
  }))

test('adds a run to the summary of a job on GitHub by itself, and leaves stdout alone', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') }
    const ran = await millrace(['run', 'plan.json', '--json'], { cwd, env })
    JSON.parse(ran.stdout)
    assert.match(ran.stderr, /^::error title=test failed::node exited with code 3\.$/m)
    assert.match(await readFile(join(cwd, 'summary.md'), 'utf8'), /^## ❌ site: failed$/m)
    await millrace(['report'], { cwd, env })
    assert.is((await readFile(join(cwd, 'summary.md'), 'utf8')).match(/^## /gm)!.length, 1)
    const elsewhere = await millrace(['report', '--github'], { cwd })
    assert.is(elsewhere.code, 2)
    assert.match(elsewhere.stderr, /GITHUB_STEP_SUMMARY/)
    const twice = await millrace(['report', '--html', 'a', '--junit', './a'], { cwd })
    assert.is(twice.code, 2)
    assert.match(twice.stderr, /--html and --junit name the same file/)
  }))

test('joins the trace it was given, and hands it on to programs', () =>
  inFolder({ 'plan.json': { operations: [node('a', 'console.log(process.env.TRACEPARENT)')] } }, async (cwd) => {
    const env = { TRACEPARENT: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }
    const ran = await millrace(['run', 'plan.json', '--json', '--otlp', 'spans.ndjson'], { cwd, env })
    assert.ok(ran.stdout.includes(`"stdout":"${env.TRACEPARENT}"`))
    const spans = await readFile(join(cwd, 'spans.ndjson'), 'utf8')
    assert.match(
      spans,
      /"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"\w{16}","parentSpanId":"b7ad6b7169203331","name":"plan\.json"/,
    )
    // Its log knows the trace: the same spans, without the variable.
    await millrace(['report', '--otlp', 'later.ndjson'], { cwd })
    assert.is(await readFile(join(cwd, 'later.ndjson'), 'utf8'), spans)
  }))

test('joins no trace by what is none', () =>
  inFolder({ 'plan.json': { operations: [node('a', '')] } }, async (cwd) => {
    await millrace(['run', 'plan.json', '--quiet'], { cwd, env: { TRACEPARENT: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331' } })
    await millrace(['report', '--otlp', 'spans.ndjson'], { cwd })
    assert.not.match(await readFile(join(cwd, 'spans.ndjson'), 'utf8'), 'b7ad6b7169203331')
  }))

test('says what is wrong with a run or a file', () =>
  inFolder({ 'plan.json': { operations: [node('a', '')] }, file: '' }, async (cwd) => {
    const none = await millrace(['report'], { cwd })
    assert.is(none.code, 2)
    assert.match(none.stderr, /there are no finished runs here yet/)
    const ran = await millrace(['run', 'plan.json', '--quiet', '--html', 'file/run.html'], { cwd })
    assert.is(ran.code, 1)
    assert.match(ran.stderr, /^The report cannot be written to file\/run\.html: /m)
    const unknown = await millrace(['report', 'nosuch'], { cwd })
    assert.is(unknown.code, 2)
    assert.match(unknown.stderr, /no run here is called "nosuch"/)
    const over = await millrace(['run', 'plan.json', '--html', './plan.json'], { cwd })
    assert.is(over.code, 2)
    assert.match(over.stderr, /--html would replace the plan itself/)
    assert.match(await readFile(join(cwd, 'plan.json'), 'utf8'), /operations/)
  }))

test.run()
