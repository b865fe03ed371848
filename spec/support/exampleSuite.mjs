// Runs the examples of one page or source, each in an empty folder, and holds them to what they assert.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect, isDeepStrictEqual } from 'node:util'
import { suite } from './uvu.mjs'

/** `blocks` are `{ line, script, marks }`: where each begins in `path`, its module, and the lines on which it asserts. */
export function runExamples(path, blocks) {
  const test = suite(path)
  const asserted = new Set()

  globalThis.assertExample = (actual, expected, line) => {
    asserted.add(line)
    if (isDeepStrictEqual(actual, expected)) return
    const show = (values) => values.map((value) => inspect(value, { depth: 8 })).join(', ')
    throw new Error(`${path}:${line}: the example says ${show(expected)}, it is ${show(actual)}`)
  }

  for (const { line, script, marks } of blocks) {
    test(`${path}:${line}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'millrace-example-'))
      const home = process.cwd()
      process.chdir(folder)
      try {
        await import(script)
      } finally {
        process.chdir(home)
        await rm(folder, { recursive: true, force: true })
      }
      const missed = marks.filter((mark) => !asserted.has(mark))
      if (missed.length > 0) throw new Error(`${path}:${missed.join(', ')}: the example ended without coming here`)
    })
  }
  test.run()
}
