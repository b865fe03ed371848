// @limit 120
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace, node, parsed } from './millrace.js'
import { files } from './runs.js'

const test = suite('millrace run, watched')

const slows = {
  concurrency: 1,
  operations: Array.from({ length: 40 }, (_, index) => ({
    type: 'shell',
    operation: 'run',
    params: { command: ['sleep', index < 20 ? '0.01' : '0.2'] },
  })),
}

test('--metrics adds samples and trends to the events, and nothing to them without it', () =>
  inFolder({ 'plan.json': slows }, async (cwd) => {
    const { code, stdout, stderr } = await millrace(['run', 'plan.json', '--events', '--metrics'], { cwd })
    assert.is(code, 0)
    const events = parsed(stdout)
    const types = events.map(({ type }) => type)
    assert.equal(types.slice(-2), ['metrics-sampled', 'run-finished'])
    const changes = events.filter(({ type }) => type === 'trend-changed') as unknown as readonly {
      readonly trend: { readonly metric: string; readonly direction: string }
      readonly message: string
    }[]
    const slower = changes.find(({ trend }) => trend.metric === 'runMs' && trend.direction === 'rising')
    assert.ok(slower !== undefined, JSON.stringify(changes))
    assert.ok(stderr.includes(`~ trend: ${slower.message}\n`), stderr)
  }))

test('without --metrics there are none in the events, and it asks for them', () =>
  inFolder({ 'plan.json': files }, async (cwd) => {
    const plain = parsed((await millrace(['run', 'plan.json', '--events', '--quiet'], { cwd })).stdout)
    assert.not.ok(plain.some(({ type }) => type === 'metrics-sampled' || type === 'trend-changed'))
    const alone = await millrace(['run', 'plan.json', '--metrics'], { cwd })
    assert.equal([alone.code, alone.stderr], [2, 'error: --metrics adds to the events of --events. Give both.\n'])
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

test('a mistyped rule ends the command before anything runs, and names the nearest', () =>
  inFolder({ 'plan.json': files, 'config.json': { alerts: ['stalled>30s', 'no-progres>3s'] } }, async (cwd) => {
    const flag = await millrace(['run', 'plan.json', '--alert', 'failurerate>0.1'], { cwd })
    assert.is(flag.code, 2)
    assert.match(flag.stderr, /^error: --alert: "failurerate>0\.1" is no alert rule\. Did you mean "failure-rate"\? There are: /)
    const config = await millrace(['run', 'plan.json', '--config', 'config.json'], { cwd })
    assert.is(config.code, 2)
    assert.match(
      config.stderr,
      /^error: alerts\[1\] of the configuration: "no-progres>3s" is no alert rule\. Did you mean "no-progress"\? /,
    )
    assert.equal((await millrace(['history'], { cwd })).stdout, 'There are no finished runs here yet.\n')
  }))

test.run()
