import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { judgeGate, type GateVerdict } from '../../../src/graph/edges/judgeGate.js'
import type { When } from '../../../src/model/plan.js'

const test = suite('judgeGate')

const rows: readonly (readonly [title: string, when: When, sawFailure: boolean, sawGateSkip: boolean, verdict: GateVerdict])[] = [
  ['success opens when all succeeded', 'success', false, false, 'open'],
  ['success is skipped by a failure', 'success', true, false, 'dependency'],
  ['success is skipped by a gate upstream', 'success', false, true, 'gate'],
  ['success tells of a failure before a gate', 'success', true, true, 'dependency'],
  ['settled opens when all succeeded', 'settled', false, false, 'open'],
  ['settled opens after a failure', 'settled', true, false, 'open'],
  ['settled opens after a gate that stayed shut', 'settled', false, true, 'open'],
  ['settled opens after both', 'settled', true, true, 'open'],
  ['any-failed is skipped when all succeeded', 'any-failed', false, false, 'gate'],
  ['any-failed opens after a failure', 'any-failed', true, false, 'open'],
  ['any-failed is skipped when only a gate stayed shut', 'any-failed', false, true, 'gate'],
  ['any-failed opens after both', 'any-failed', true, true, 'open'],
  ['none-failed opens when all succeeded', 'none-failed', false, false, 'open'],
  ['none-failed is skipped by a failure', 'none-failed', true, false, 'dependency'],
  ['none-failed opens when only a gate stayed shut', 'none-failed', false, true, 'open'],
  ['none-failed is skipped by a failure beside a gate', 'none-failed', true, true, 'dependency'],
]

for (const [title, when, sawFailure, sawGateSkip, verdict] of rows)
  test(title, () => {
    assert.is(judgeGate(when, sawFailure, sawGateSkip), verdict)
  })

test.run()
