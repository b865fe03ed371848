import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace, node, parsed } from './millrace.js'
import { files } from './runs.js'

const test = suite('millrace run, watched')

// Of a share of failures the order decides, and not how busy the machine is.
const failing = {
  concurrency: 1,
  operations: Array.from({ length: 40 }, (_, index) => ({
    type: 'file',
    ...(index < 20
      ? { operation: 'write', params: { path: `out/${index}`, content: '' } }
      : { operation: 'read', params: { path: `absent/${index}` } }),
  })),
}

test('--metrics adds samples and trends to the events, and nothing to them without it', () =>
  inFolder({ 'plan.json': failing }, async (cwd) => {
    const { code, stdout, stderr } = await millrace(['run', 'plan.json', '--events', '--metrics'], { cwd })
    assert.is(code, 1)
    const events = parsed(stdout)
    const types = events.map(({ type }) => type)
    assert.equal(types.slice(-2), ['metrics-sampled', 'run-finished'])
    const changes = events.filter(({ type }) => type === 'trend-changed') as unknown as readonly {
      readonly trend: { readonly metric: string; readonly direction: string }
      readonly message: string
    }[]
    const failures = changes.find(({ trend }) => trend.metric === 'failureRate' && trend.direction === 'rising')
    assert.ok(failures !== undefined, JSON.stringify(changes))
    assert.ok(stderr.includes(`~ trend: ${failures.message}\n`), stderr)
  }))

test('without --metrics there are none in the events, and it asks for them', () =>
  inFolder({ 'plan.json': files }, async (cwd) => {
    const plain = parsed((await millrace(['run', 'plan.json', '--events', '--quiet'], { cwd })).stdout)
    assert.not.ok(plain.some(({ type }) => type === 'metrics-sampled' || type === 'trend-changed'))
    const alone = await millrace(['run', 'plan.json', '--metrics'], { cwd })
    assert.equal([alone.code, alone.stderr], [2, 'error: --metrics adds to the events of --events. Use both.\n'])
  }))

test('an alert of a flag or of the configuration is told on stderr and in the events', () =>
  inFolder(
    { 'plan.json': { operations: [node('bad', 'process.exit(1)')] }, 'config.json': { alerts: ['failure-rate>10%'] } },
    async (cwd) => {
      const message = '1 of 1 operations failed: 100 %, more than 10 %.'
      const told = await millrace(['run', 'plan.json', '--alert', 'failure-rate>0.1', '--alert', 'stalled>5m'], { cwd })
      assert.is(told.code, 1)
      assert.ok(told.stderr.includes(`! alert: ${message}\n`), told.stderr)
      const events = parsed((await millrace(['run', 'plan.json', '--events', '--quiet', '--config', 'config.json'], { cwd })).stdout)
      assert.equal(
        events.filter(({ type }) => type === 'alert-raised').map((event) => event['message']),
        [message],
      )
      assert.not.ok(events.some(({ type }) => type === 'metrics-sampled'))
    },
  ))

test('two rules that are wrong are told in one line', () =>
  inFolder({ 'plan.json': files }, async (cwd) => {
    const { code, stderr } = await millrace(['run', 'plan.json', '--alert', 'stalld>3s', '--alert', 'shell.run.p95Ms>1'], { cwd })
    assert.is(code, 2)
    assert.match(
      stderr,
      /^error: --alert: "stalld>3s" .+ --alert: the plan has no operation of the type "shell\.run"\. It has: file\.write\.\n$/,
    )
  }))

test('a mistyped rule ends the command before anything runs, and names the nearest', () =>
  inFolder({ 'plan.json': files, 'config.json': { alerts: ['stalled>30s', 'no-progres>3s'] } }, async (cwd) => {
    const flag = await millrace(['run', 'plan.json', '--alert', 'failurerate>0.1'], { cwd })
    assert.is(flag.code, 2)
    assert.match(flag.stderr, /^error: --alert: "failurerate>0\.1" is not an alert rule\. Did you mean "failure-rate"\? There are: /)
    const config = await millrace(['run', 'plan.json', '--config', 'config.json'], { cwd })
    assert.is(config.code, 2)
    assert.match(
      config.stderr,
      /^error: alerts\[1\] of the configuration: "no-progres>3s" is not an alert rule\. Did you mean "no-progress"\? /,
    )
    assert.equal((await millrace(['history'], { cwd })).stdout, 'There are no finished runs here yet.\n')
  }))

const writes = { type: 'file', operation: 'write', params: { path: 'a.txt', content: 'a' } }
const agent = {
  type: 'agent',
  operation: 'run',
  params: { agent: 'researcher', task: { type: 'file', operation: 'read', params: { path: 'a.txt' } } },
}
const each = { type: 'shell', operation: 'run', each: ['a', 'b'], params: { command: ['echo', { $item: '' }] } }

for (const [what, operations, alert, told] of [
  [
    'a type that is not',
    [writes],
    'file.wirte.p95Ms>1',
    'the plan has no operation of the type "file.wirte". Did you mean "file.write"? It has: file.write.',
  ],
  ['a type of other plans', [writes], 'shell.run.p95Ms>1', 'the plan has no operation of the type "shell.run". It has: file.write.'],
  [
    'a type of no plan, where agents decide',
    [agent],
    'shell.runn.p95Ms>1',
    'the plan has no operation of the type "shell.runn". Did you mean "shell.run"? It has: ',
  ],
  [
    'any type, where there are no operations',
    [],
    'shell.run.p95Ms>1',
    'the plan has no operation of the type "shell.run": it has no operations.',
  ],
] as const)
  test(`a rule about ${what} is rejected before anything runs`, () =>
    inFolder({ 'plan.json': { operations } }, async (cwd) => {
      const { code, stderr } = await millrace(['run', 'plan.json', '--alert', alert], { cwd })
      assert.is(code, 2)
      assert.ok(stderr.startsWith(`error: --alert: ${told}`), stderr)
      assert.equal((await millrace(['history'], { cwd })).stdout, 'There are no finished runs here yet.\n')
    }))

test('a rule about what an agent does, and about the items of a list, is taken', () =>
  inFolder({ 'agent.json': { operations: [agent] }, 'each.json': { operations: [each] }, 'a.txt': 'a' }, async (cwd) => {
    for (const [plan, rules] of [
      ['agent.json', ['file.read.p95Ms>5m', 'agent.task.p95Ms>5m', 'agent.run.p95Ms>5m']],
      ['each.json', ['shell.run.p95Ms>5m']],
    ] as const) {
      const { code, stderr } = await millrace(['run', plan, ...rules.flatMap((rule) => ['--alert', rule])], { cwd })
      assert.is(code, 0, stderr)
    }
  }))

test('a configuration serves every plan: its rules name types that there are, or tools of its servers', () =>
  inFolder(
    {
      'plan.json': { operations: [writes] },
      'good.json': { alerts: ['shell.run.p95Ms>5m', 'github.search.p95Ms>5m'], mcpServers: { github: { command: 'github-server' } } },
      'bad.json': { alerts: ['stalled>5m', 'shel.run.p95Ms>1'] },
    },
    async (cwd) => {
      const good = await millrace(['run', 'plan.json', '--config', 'good.json'], { cwd })
      assert.is(good.code, 0, good.stderr)
      const bad = await millrace(['run', 'plan.json', '--config', 'bad.json'], { cwd })
      assert.is(bad.code, 2)
      assert.match(
        bad.stderr,
        /^error: alerts\[1\] of the configuration: no operation type is called "shel\.run"\. Did you mean "shell\.run"\? There are: agent\./,
      )
    },
  ))

test.run()
