import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { onlyPrograms } from '../../../src/operations/shell/programs.js'
import { errorOf, inFolder, resultOf } from './shellAttempt.js'

const test = suite('programs allowed to shell run')
const here = process.cwd()

/** A program that tells who it is. */
function program(folder: string, name: string, says: string): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), `#!/bin/sh\necho ${says}\n`, { mode: 0o755 })
  return join(folder, name)
}

test('an allowed program runs', async () => {
  assert.is((await resultOf(here, { command: ['echo', 'hi'] }, { allowPrograms: ['echo', 'node'] })).stdout, 'hi')
})

test('a program that is not allowed is refused, and the message names those that are', async () => {
  const error = await errorOf(here, { command: ['curl', 'x'] }, { allowPrograms: ['git', 'node'] })
  assert.equal(error, {
    type: 'not-allowed',
    message:
      'command[0]: the program "curl" is not allowed in this run. Allowed: git, node.' +
      ' Use one of these, or have it allowed with --allow-program curl (allowPrograms in code).',
    retryable: false,
    what: 'curl',
  })
})

test('an empty list allows none', async () => {
  assert.is(
    (await errorOf(here, { command: ['true'] }, { allowPrograms: [] })).message,
    'command[0]: the program "true" is not allowed in this run. Allowed: none.' +
      ' Use one of these, or have it allowed with --allow-program true (allowPrograms in code).',
  )
})

test('an allowed program that is not installed is told as such', async () => {
  const error = await errorOf(here, { command: ['no-such-program'] }, { allowPrograms: ['no-such-program'] })
  assert.is(error.type, 'not-found')
  assert.is(
    error.message,
    'command[0]: the program "no-such-program" is allowed, but was not on the PATH when the allowed programs were looked up.' +
      ' Install it and start again, or allow it by its absolute path.',
  )
})

for (const trick of ['./echo', 'bin/../echo', '../%/echo'])
  test(`a file of the folder does not stand in for an allowed name: ${trick}`, () =>
    inFolder(async (root) => {
      mkdirSync(join(root, 'bin'))
      program(root, 'echo', 'stand-in')
      const name = trick.replace('%', basename(root))
      const error = await errorOf(root, { command: [name] }, { allowPrograms: ['echo'] })
      assert.is(error.type, 'not-allowed')
      assert.is(
        error.message,
        `command[0]: the program "${name}" (${root}/echo) is not allowed in this run. Allowed: echo.` +
          ` Use one of these, or have it allowed with --allow-program ${name} (allowPrograms in code).`,
      )
    }))

test('a PATH set by the operation does not lead an allowed name elsewhere', () =>
  inFolder(async (root) => {
    program(root, 'echo', 'stand-in')
    const { stdout } = await resultOf(root, { command: ['echo', 'real'], env: { PATH: root } }, { allowPrograms: ['echo'] })
    assert.is(stdout, 'real')
  }))

test('a program put before the allowed one on the PATH later does not stand in', () =>
  inFolder((root) => {
    const [early, late] = [join(root, 'early'), join(root, 'late')]
    const allowed = program(late, 'tool', 'real')
    const find = onlyPrograms(['tool'], `${early}:${late}`)
    program(early, 'tool', 'stand-in')
    assert.is(find('tool', root), allowed)
  }))

test('an entry of the PATH that depends on the current folder is not looked into', () =>
  inFolder((root) => {
    program(join(root, 'here'), 'tool', 'stand-in')
    const allowed = program(join(root, 'bin'), 'tool', 'real')
    const find = onlyPrograms(['tool'], `${relative(here, join(root, 'here'))}::${join(root, 'bin')}`)
    assert.is(find('tool', root), allowed)
  }))

test('a folder or a file that is not executable is passed over on the PATH', () =>
  inFolder((root) => {
    mkdirSync(join(root, 'a/tool'), { recursive: true })
    mkdirSync(join(root, 'b'))
    writeFileSync(join(root, 'b/tool'), '')
    const allowed = program(join(root, 'c'), 'tool', 'real')
    assert.is(onlyPrograms(['tool'], `${root}/a:${root}/b:${root}/c`)('tool', root), allowed)
  }))

test('a program allowed by its absolute path runs, however its path is written', () =>
  inFolder(async (root) => {
    const allowed = program(root, 'tool', 'ran')
    for (const name of [allowed, './tool', `../${basename(root)}/tool`])
      assert.is((await resultOf(root, { command: [name] }, { allowPrograms: [allowed] })).stdout, 'ran')
  }))

test('an allowed name may also be written as the path it was found at', async () => {
  const find = onlyPrograms(['echo'])
  assert.is(find(find('echo', here), here), find('echo', here))
})

test('a link to an allowed program has to be allowed itself', () =>
  inFolder(async (root) => {
    const find = onlyPrograms(['echo'])
    symlinkSync(find('echo', root), join(root, 'other'))
    assert.is((await errorOf(root, { command: ['./other'] }, { allowPrograms: ['echo'] })).type, 'not-allowed')
  }))

test('only variables on the list may be set', async () => {
  const options = { allowEnv: ['CI', 'NODE_ENV'] }
  assert.is((await resultOf(here, { command: ['sh', '-c', 'echo $CI'], env: { CI: '1' } }, options)).stdout, '1')
  assert.is((await resultOf(here, { command: ['sh', '-c', 'echo ${HOME-unset}'], env: { HOME: null } })).stdout, 'unset')
  const error = await errorOf(here, { command: ['true'], env: { LD_PRELOAD: 'x' } }, options)
  assert.equal(error, {
    type: 'not-allowed',
    message:
      'env.LD_PRELOAD: this run cannot set the variable "LD_PRELOAD". It can set: CI, NODE_ENV.' +
      ' Leave it out, or allow it with allowEnv.',
    retryable: false,
    what: 'LD_PRELOAD',
  })
})

test('a variable called __proto__ is only a variable', async () => {
  const env = JSON.parse('{"__proto__": "x"}') as object
  const { stdout } = await resultOf(here, { command: [join(dirname(process.execPath), 'node'), '-p', 'process.env.__proto__'], env })
  assert.is(stdout, 'x')
})

test.run()
