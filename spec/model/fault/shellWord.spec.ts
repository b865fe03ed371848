import { execFileSync } from 'node:child_process'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { onPath } from '../../support/onPath.mjs'
import { shellWord } from '../../../src/model/fault/shellWord.js'

const test = suite('shellWord')

const words: readonly string[] = [
  'build',
  'a.b-c_d/e:f@g%h+i=j,k',
  '',
  'two words',
  "it's",
  'each[0]',
  'a*b?',
  '{a,b}',
  '~',
  '~root',
  '$HOME',
  '`id`',
  '$(id)',
  'a;b',
  'a&b|c>d<e',
  '#no',
  '!x',
  '"quoted"',
  'back\\slash',
  'two\nlines',
  'Öl',
  '日本',
]

for (const shell of ['sh', 'bash', 'zsh', 'dash'])
  if (onPath(shell) !== undefined)
    test(`${shell} takes each as one word, unchanged`, () => {
      const script = `for word in ${words.map(shellWord).join(' ')}; do printf '%s\\0' "$word"; done`
      assert.equal(execFileSync(shell, ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1), words)
    })

test('what no shell changes stays bare', () => {
  assert.equal(['build', 'a/b.c', '--flag'].map(shellWord), ['build', 'a/b.c', '--flag'])
})

test.run()
