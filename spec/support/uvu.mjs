// What specs get when they import 'uvu': uvu itself, with a record of what was registered. uvu alone keeps no count that
// could tell a suite without `.run()` from no suite at all, nor which test the process was in when it went away.
import { suite as uvuSuite } from 'uvu'

const suites = []

/** One entry for each `.run()`, in order: how many tests it took, and how many it leaves out. */
export const queued = []

/** Called as a test begins, as it ends and when a hook fails; the process that runs the spec sets them. */
export const watcher = { onBegin: (_suite, _title) => {}, onEnd: (_error) => {}, onHookFailure: (_suite, _error) => {} }

/** The suites whose tests no `.run()` has taken. */
export const unrun = () => suites.map(({ name, counts }) => ({ name, tests: counts.tests + counts.only })).filter(({ tests }) => tests > 0)

export function suite(name = '', state = {}) {
  const record = { name, counts: { tests: 0, only: 0, skips: 0 } }
  const real = uvuSuite(name, state)
  const register = (count, add) => (title, handler) => {
    record.counts[count] += 1
    add(title, async (context) => {
      watcher.onBegin(name, title)
      try {
        await handler(context)
      } catch (error) {
        watcher.onEnd(error)
        throw error
      }
      watcher.onEnd()
    })
  }
  const run = () => {
    const { tests, only, skips } = record.counts
    queued.push({ tests: only || tests, leftOut: skips + (only > 0 ? tests : 0) })
    record.counts = { tests: 0, only: 0, skips: 0 }
    real.run()
  }
  const skip = () => {
    record.counts.skips += 1
  }
  // uvu loses what these hooks throw, and with it why the suite ended there.
  const hook = (add) => (handler) =>
    add(async (context) => {
      try {
        await handler(context)
      } catch (error) {
        watcher.onHookFailure(name, error)
        throw error
      }
    })
  const before = Object.assign(hook(real.before), { each: real.before.each })
  const after = Object.assign(hook(real.after), { each: hook(real.after.each) })
  suites.push(record)
  return Object.assign(register('tests', real), { only: register('only', (...args) => real.only(...args)), skip, run, before, after })
}

export const test = suite()
