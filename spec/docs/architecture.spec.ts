import { existsSync, readdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stations } from './pictures/drawRooms.js'
import { page, quoted, rowsOf } from './tableOf.js'

const test = suite('the page on how it is built')

const text = page('architecture.md')
const foldersIn = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))

for (const [heading, path] of [
  ['folder of `src`', 'src'],
  ['folder of `engine`', 'src/engine'],
] as const)
  test(`has each folder of ${path} once`, () =>
    assert.equal(
      rowsOf(text, heading)
        .flatMap(([cell]) => quoted(cell))
        .map((name) => name.replace('/', ''))
        .toSorted(),
      foldersIn(path).toSorted(),
    ))

test('names files that are there', () => {
  const files = [...text.matchAll(/`((?:[a-z]+\/)+[A-Za-z]+\.ts)`/g)].map(([, path]) => path!)
  assert.ok(files.length > 20)
  const missing = files.filter((path) => !existsSync(`src/${path}`) && !existsSync(`src/engine/${path}`))
  assert.equal(missing, [])
})

test('the rooms of its picture are there', () => {
  for (const { folder } of stations) assert.ok(existsSync(`src/${folder}`), folder)
})

test.run()
