import { spawnSync } from 'node:child_process'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cpuTimeMs } from '../../src/system/cpuTime.js'

const test = suite('cpuTimeMs')

const onLinux = process.platform === 'linux'
/** Two ticks of the clock, and what the runtime does beside the spec between two readings. */
const slackMs = 60

const usedMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** Uses the CPU until so much of it is used, however long that takes. */
function burn(ms: number): void {
  const until = usedMs() + ms
  while (usedMs() < until);
}

function told(): number {
  const ms = cpuTimeMs()
  assert.ok(ms !== undefined)
  return ms
}

if (onLinux) {
  test('counts what this process used', () => {
    const [before, usedBefore] = [told(), usedMs()]
    burn(300)
    const [ms, used] = [told() - before, usedMs() - usedBefore]
    assert.ok(Math.abs(ms - used) <= slackMs, `${ms} of ${used} ms`)
  })

  test('counts a child once it has ended', () => {
    const [before, usedBefore] = [told(), usedMs()]
    const code = 'const u = () => { const { user, system } = process.cpuUsage(); return user + system }; while (u() < 400_000);'
    assert.is(spawnSync(process.execPath, ['-e', code]).status, 0)
    const ms = told() - before - (usedMs() - usedBefore)
    assert.ok(ms >= 400 - slackMs, `${ms} ms`)
  })

  test('is not deceived by the name of the process', () => {
    const { title } = process
    const before = told()
    process.title = 'a) R 1 (b'
    try {
      assert.ok(told() >= before && told() - before <= 10_000)
    } finally {
      process.title = title
    }
  })
} else
  test('is undefined where the platform does not tell', () => {
    assert.is(cpuTimeMs(), undefined)
  })

test.run()
