import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hearInterrupts } from '../../../src/cli/process/interrupts.js'

const test = suite('hearInterrupts')

const heardBy = (): number => process.listenerCount('SIGINT')

test('leaves no listener behind when no signal came', () => {
  const before = heardBy()
  const interrupts = hearInterrupts(() => undefined)
  assert.is(heardBy(), before + 1)
  interrupts.off()
  assert.is(heardBy(), before)
  assert.is(interrupts.taken(), undefined)
})

test('the echo of a Ctrl-C is one with it, however long the first took, and also behind the end of what was interrupted', () => {
  const before = process.listeners('SIGINT')
  const now = performance.now.bind(performance)
  let clock = 0
  performance.now = () => clock
  const heard: string[] = []
  const interrupts = hearInterrupts((signal) => {
    heard.push(signal)
    clock += 500
  })
  try {
    process.emit('SIGINT', 'SIGINT')
    clock += 10
    process.emit('SIGINT', 'SIGINT')
    interrupts.off()
    process.emit('SIGINT', 'SIGINT')
    assert.equal(heard, ['SIGINT'])
    assert.is(interrupts.taken(), 'SIGINT')
    assert.is(heardBy(), before.length + 1)
  } finally {
    performance.now = now
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      for (const listener of process.listeners(signal)) if (!before.includes(listener)) process.off(signal, listener)
  }
})

test.run()
