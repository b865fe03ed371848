import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Ending, runScript, withFolder } from './fixture.js'

const test = suite('spec runner')

const head = `import { suite } from 'uvu'\nimport * as assert from 'uvu/assert'\nconst test = suite('mill')\n`
const passing = `test('turns', () => assert.is(1, 1))\n`

const run = (specs: Readonly<Record<string, string>>, ...filters: readonly string[]): Promise<Ending> =>
  withFolder(specs, (folder) => runScript('spec/support/run.mjs', ['--root', folder, ...filters]))

/** Begun at once, for a test that comes later: it waits for most of its time, and the others can run meanwhile. */
function early(specs: Readonly<Record<string, string>>): Promise<Ending> {
  const ending = run(specs)
  ending.catch(() => undefined) // Whoever awaits it is told.
  return ending
}

interface Row {
  readonly title: string
  readonly spec: string
  readonly last: string
  readonly says: readonly RegExp[]
}

const rows: readonly Row[] = [
  {
    title: 'passes a spec whose tests pass',
    spec: `${head}${passing}test.run()`,
    last: '1 passed, 0 failed',
    says: [/^ok {3}a\.spec\.ts/],
  },
  {
    title: 'prints a failure whole, with its place in the source',
    spec: `${head}${passing}test('stops', () => assert.equal({ a: 1 }, { a: 2 }))\ntest.run()`,
    last: '1 passed, 1 failed',
    says: [/FAIL.*"stops"/, /a".*1/, /a".*2/, /a\.spec\.ts:5:/],
  },
  {
    title: 'fails a spec that never calls run',
    spec: `${head}${passing}`,
    last: '0 passed, 1 failed',
    says: [/1 test\(s\) of suite "mill" never ran: its `\.run\(\)` is missing/],
  },
  {
    title: 'fails one suite without run beside one that ran',
    spec: `${head}${passing}test.run()\nconst other = suite('wheel')\nother('turns', () => {})`,
    last: '1 passed, 1 failed',
    says: [/suite "wheel" never ran/],
  },
  {
    title: 'fails a spec without any test',
    spec: `${head}test.run()\nassert.ok(true)`,
    last: '0 passed, 1 failed',
    says: [/It has no test/],
  },
  {
    title: 'fails a test that never settles, and those behind it',
    spec: `${head}${passing}test('waits', () => new Promise(() => {}))\n${passing}test.run()`,
    last: '1 passed, 2 failed',
    says: [/never settled/, /begun was "mill: waits"/],
  },
  {
    title: 'keeps the failures of a suite that never ends',
    spec: `${head}test('stops', () => { throw new Error('no water') })\ntest('waits', () => new Promise(() => {}))\ntest.run()`,
    last: '0 passed, 2 failed',
    says: [/Error: no water/, /never settled/],
  },
  {
    title: 'fails a process that leaves in the middle',
    spec: `${head}test('leaves', () => process.exit(0))\ntest.run()`,
    last: '0 passed, 1 failed',
    says: [/ended with code 0 before its tests had/],
  },
  {
    title: 'fails a process that is killed',
    spec: `${head}${passing}test('falls', () => { process.kill(process.pid, 'SIGKILL'); return new Promise(() => {}) })\ntest.run()`,
    last: '1 passed, 1 failed',
    says: [/ended with SIGKILL before its tests had/],
  },
  {
    title: 'fails a spec that throws while loading',
    spec: `throw new Error('no bed')`,
    last: '0 passed, 1 failed',
    says: [/could not be loaded/, /no bed/],
  },
  { title: 'fails a spec that is no TypeScript', spec: `const = 1`, last: '0 passed, 1 failed', says: [/Expected identifier/] },
  {
    title: 'fails an unhandled rejection after the last test',
    spec: `${head}test('drops', () => { setTimeout(() => void Promise.reject(new Error('dropped')), 50) })\ntest.run()`,
    last: '1 passed, 1 failed',
    says: [/after its tests had/, /dropped/],
  },
  {
    title: 'fails a suite whose hook throws, with all its tests',
    spec: `${head}test.before(() => { throw new Error('no gate') })\n${passing}${passing}test.run()`,
    last: '0 passed, 2 failed',
    says: [/no gate/],
  },
  {
    title: 'says what skip and only leave out',
    spec: `${head}test.only('turns', () => {})\ntest('rests', () => {})\ntest.skip('dreams', () => {})\ntest.run()`,
    last: '1 passed, 0 failed',
    says: [/2 left out by skip or only/],
  },
]

const long: readonly Row[] = [
  {
    title: 'kills what is over its limit, with what it started',
    // Long enough for a process to come to its test, however busy the machine is.
    spec: `// @limit 15\n${head}test('sleeps', () => new Promise(() => setInterval(() => {}, 1000)))\ntest.run()`,
    last: '0 passed, 1 failed',
    says: [/killed after 15 s/, /begun was "mill: sleeps"/],
  },
  {
    title: 'fails a spec that leaves a handle open',
    spec: `${head}test('leaks', () => { setInterval(() => {}, 1000) })\ntest.run()`,
    last: '1 passed, 1 failed',
    says: [/went on after its last test, held by: .*Timeout/],
  },
]
const begun = new Map(long.map((row) => [row, early({ 'spec/a.spec.ts': row.spec })]))

for (const row of [...rows, ...long]) {
  const { title, spec, last, says } = row
  test(title, async () => {
    const { code, lines } = await (begun.get(row) ?? run({ 'spec/a.spec.ts': spec }))
    const output = lines.join('\n')
    assert.is(lines.at(-1), last, output)
    assert.is(code, last.endsWith(' 0 failed') ? 0 : 1)
    for (const expected of says) assert.match(output, expected, `${expected} is not in:\n${output}`)
  })
}

const failed = (lines: readonly string[]): readonly string[] => lines.slice(lines.indexOf('failed:'), -1)

const severalThatFail = early({
  'spec/a.spec.ts': `${head}${passing}test('stops', () => { throw new Error('no water\\nat all') })\ntest.run()`,
  'spec/b.spec.ts': `${head}${passing}test.run()`,
  'spec/c.spec.ts': `throw new Error('no bed')`,
  'spec/d.spec.ts': `${head}test('leaks', () => { setInterval(() => {}, 1000) })\ntest.run()`,
  'spec/e.spec.ts': `${head}test.before(() => { throw new Error('no gate') })\n${passing}test.run()`,
  'spec/f.spec.ts': `${head}test('waits', () => new Promise(() => {}))\ntest.run()`,
  'spec/g.spec.ts': `const = 1`,
})

test('names at the end each file and test that failed, with the first line of why', async () => {
  const { lines } = await severalThatFail
  const [first, ...rest] = failed(lines)
  assert.is(first, 'failed:')
  const expected = [
    /^ {2}a\.spec\.ts: mill: stops: Error: no water$/,
    /^ {2}c\.spec\.ts: It could not be loaded/,
    /^ {2}d\.spec\.ts: It went on after its last test/,
    /^ {2}e\.spec\.ts: a hook of "mill"/,
    /^ {2}f\.spec\.ts: A test never settled.*"mill: waits"/,
    /^ {2}g\.spec\.ts: .*Expected identifier/,
  ]
  const inOrder = rest.toSorted()
  assert.is(inOrder.length, expected.length, lines.join('\n'))
  for (const [at, line] of expected.entries()) assert.match(inOrder[at] as string, line)
})

test('says nothing of the kind when all is well', async () => {
  const { lines } = await run({ 'spec/a.spec.ts': `${head}${passing}test.run()` })
  assert.not(lines.includes('failed:'))
})

test('bounds that list, and each of its lines', async () => {
  const long = 'x'.repeat(1_000)
  const tests = Array.from({ length: 60 }, (_, at) => `test('${at} ${long}', () => { throw new Error() })\n`)
  const { lines } = await run({ 'spec/a.spec.ts': `${head}${tests.join('')}test.run()` })
  const [, ...rest] = failed(lines)
  assert.is(rest.length, 41)
  assert.is(rest.at(-1), '  … and 20 more')
  for (const line of rest) assert.ok(line.length < 210, line)
})

test('sums over files and says what a filter leaves out', async () => {
  const spec = `${head}${passing}test.run()`
  const specs = { 'spec/a.spec.ts': spec, 'spec/b/c.spec.ts': spec, 'spec/b/d.spec.ts': spec }
  const all = await run(specs)
  assert.is(all.lines.at(-1), '3 passed, 0 failed')
  const some = await run(specs, 'b/')
  assert.is(some.lines.at(-1), '2 passed, 0 failed')
  assert.ok(some.lines.some((line) => line.startsWith('left out: 1 of 3 spec files')))
})

const needy = {
  'spec/a.spec.ts': `// @needs no-such-mill or no-such-race\n${head}${passing}test.run()`,
  'spec/b.spec.ts': `${head}${passing}test.run()`,
}

const runWithCI = (CI: string): Promise<Ending> =>
  withFolder(needy, (folder) => runScript('spec/support/run.mjs', ['--root', folder], undefined, { ...process.env, CI }))

test('names the specs it leaves out for want of a program', async () => {
  const { code, lines } = await runWithCI('')
  assert.is(lines.at(-1), '1 passed, 0 failed')
  assert.is(code, 0)
  assert.ok(lines.includes('left out: a.spec.ts, for want of no-such-mill or no-such-race'), lines.join('\n'))
})

test('fails them instead where a change is judged', async () => {
  const { code, lines } = await runWithCI('true')
  assert.is(lines.at(-1), '1 passed, 1 failed')
  assert.is(code, 1)
  assert.match(lines.join('\n'), /FAIL a\.spec\.ts .*\n\s+It needs no-such-mill or no-such-race, which is not on the PATH\./)
})

test('runs a spec whose program there is', async () => {
  const { lines } = await run({ 'spec/a.spec.ts': `// @needs no-such-mill or node\n${head}${passing}test.run()` })
  assert.is(lines.at(-1), '1 passed, 0 failed')
})

test('fails when a filter matches nothing', async () => {
  const { code, lines } = await run({ 'spec/a.spec.ts': `${head}${passing}test.run()` }, 'nowhere')
  assert.is(code, 1)
  assert.is(lines.at(-1), '0 passed, 1 failed')
})

test.run()
