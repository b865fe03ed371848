import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { alertRule, describeAlertRuleFault } from '../../../src/monitor/alerts/alertRule.js'

const test = suite('alert rules as text')

for (const [text, rule] of [
  ['failure-rate>0.1', { type: 'failure-rate', above: 0.1 }],
  [' failure-rate > 10 % ', { type: 'failure-rate', above: 0.1 }],
  ['failure-rate>0', { type: 'failure-rate', above: 0 }],
  ['retry-storm>50%', { type: 'retry-storm', above: 0.5, withinMs: 10_000 }],
  ['stalled>30s', { type: 'stalled', forMs: 30_000 }],
  ['no-progress>1.5m', { type: 'no-progress', forMs: 90_000 }],
  ['shell.run.p95Ms>500', { type: 'p95', operation: 'shell.run', aboveMs: 500 }],
  ['tool.a.b.p95Ms>2s', { type: 'p95', operation: 'tool.a.b', aboveMs: 2_000 }],
] as const)
  test(`${text} is read`, () => {
    assert.equal(alertRule(text), { _tag: 'Right', right: rule })
  })

const unknown = (text: string, near: string): string =>
  `"${text}" is not an alert rule.${near} There are: failure-rate>0.1, retry-storm>0.5, stalled>30s, no-progress>30s, and the p95 of an operation type, such as shell.run.p95Ms>500.`
const bound = (text: string): string =>
  `"${text}" needs a bound after ">": a share from 0 to 1 or in percent (failure-rate>0.1, retry-storm>50%), or a time (stalled>30s, no-progress>2m, shell.run.p95Ms>500).`

for (const [text, message] of [
  ['failurerate>0.1', unknown('failurerate>0.1', ' Did you mean "failure-rate"?')],
  ['stalld>3s', unknown('stalld>3s', ' Did you mean "stalled"?')],
  ['cpu>3', unknown('cpu>3', '')],
  ['', unknown('', '')],
  ['failure-rate', bound('failure-rate')],
  ['failure-rate>', bound('failure-rate>')],
  ['failure-rate>1', bound('failure-rate>1')],
  ['failure-rate>-0.1', bound('failure-rate>-0.1')],
  ['failure-rate<0.1', unknown('failure-rate<0.1', ' Did you mean "failure-rate"?')],
  ['failure-rate>30s', bound('failure-rate>30s')],
  ['stalled>0', bound('stalled>0')],
  ['stalled>10%', bound('stalled>10%')],
  ['stalled>3h', bound('stalled>3h')],
  ['shell.run.p95Ms>fast', bound('shell.run.p95Ms>fast')],
] as const)
  test(`${text} is refused, with the way out`, () => {
    const read = alertRule(text)
    assert.ok(read._tag === 'Left')
    assert.is(describeAlertRuleFault(read.left), message)
  })

test.run()
