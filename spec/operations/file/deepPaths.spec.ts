import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rootsOf } from '../../../src/operations/file/confine/roots.js'
import { touchesAt } from '../../../src/operations/file/confine/touches.js'
import { tempTree } from '../../support/tempTree.js'

const test = suite('what deep paths touch')

/** How often the disk was asked while `perform` ran. */
function looksOf(perform: () => void): number {
  const { lstatSync } = fs
  let looks = 0
  Object.assign(fs, { lstatSync: (...given: Parameters<typeof lstatSync>) => (looks++, lstatSync(...given)) })
  syncBuiltinESMExports()
  try {
    perform()
  } finally {
    Object.assign(fs, { lstatSync })
    syncBuiltinESMExports()
  }
  return looks
}

test('what lies below a folder that is not there is not looked for, however deep it is', () => {
  const space = rootsOf({ roots: [tempTree()] })
  const looks = looksOf(() => {
    for (let index = 0; index < 100; index++) touchesAt(space, `a${index}${'/b'.repeat(200)}/f`, true)
  })
  assert.ok(looks <= 3 * 100, `${looks} looks for 100 paths`)
})

test('a place is looked at once in a turn, however many operations touch it', () => {
  const space = rootsOf({ roots: [tempTree()] })
  const looks = looksOf(() => {
    for (let index = 0; index < 100; index++) touchesAt(space, 'same', true)
  })
  assert.ok(looks <= 3, `${looks} looks`)
})

test('links on the way are followed, whatever is missing behind them', () => {
  const root = tempTree({ 'real/inner': null, link: { link: 'real' } })
  const space = rootsOf({ roots: [root] })
  for (const [written, place] of [
    ['link/inner/f', 'real/inner/f'],
    ['link/new/deep/f', 'real/new/deep/f'],
    ['link/inner/new/f', 'real/inner/new/f'],
    ['real/new/deep/f', 'real/new/deep/f'],
    ['new/link/f', 'new/link/f'],
  ] as const) {
    const touches = touchesAt(space, written, true)
    assert.is(touches.place.resource, `file:${join(root, place)}`)
    assert.is(touches.links.length, written.startsWith('link') ? 1 : 0)
  }
})

test('paths in the inner of two roots begin there, by how it is given', () => {
  const root = tempTree({ 'real/inner': null, link: { link: 'real' } })
  const space = rootsOf({ roots: [root, join(root, 'link/inner')] })
  assert.is(touchesAt(space, join(root, 'link/inner/new/deep/f'), true).place.resource, `file:${join(root, 'link/inner/new/deep/f')}`)
})

test.run()
