import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('the page of promises')
const root = fileURLToPath(new URL('../../..', import.meta.url))
const page = readFileSync(join(root, 'docs/promises.md'), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| **'))

test('has the nineteen promises, and those of rollback and resume', () => {
  assert.equal(
    rows.map((row) => /^\| \*\*(?:(\d+)\. )?/.exec(row)?.[1]),
    [...Array.from({ length: 19 }, (_, index) => String(index + 1)), undefined, undefined],
  )
})

test('names for each a spec that there is, with tests in it', () => {
  for (const row of rows) {
    const specs = [...row.matchAll(/\]\(\.\.\/(spec\/[^)]*\.spec\.ts)\)/g)].map(([, path]) => path!)
    assert.ok(specs.length > 0, row)
    for (const path of specs) {
      assert.ok(existsSync(join(root, path)), path)
      assert.match(readFileSync(join(root, path), 'utf8'), /^\s*test\.run\(\)/m, path)
    }
  }
})

test.run()
