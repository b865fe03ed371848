import { spawn } from 'node:child_process'
import { existsSync, openSync, closeSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace, node, parsed, start } from './millrace.js'

const test = suite('millrace and its streams')

const main = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url))
const chain = (count: number): readonly object[] =>
  Array.from({ length: count }, (_, index) =>
    node(`n${index}`, `console.log(${index})`, index === 0 ? {} : { dependencies: [`n${index - 1}`] }),
  )

test('a reader that takes one line and goes: the run stops, without a stack trace, as by SIGPIPE', () =>
  inFolder(
    {
      'plan.json': [
        node('waits', "const look = () => require('fs').existsSync('gone') || setTimeout(look, 20); look()"),
        node('next', '', { dependencies: ['waits'] }),
        { id: 'last', type: 'file', operation: 'write', params: { path: 'last', content: '' }, dependencies: ['next'] },
      ],
    },
    async (cwd) => {
      const { child, ended, told } = start(['run', 'plan.json', '--events', '--quiet'], { cwd })
      await told('run-started')
      child.stdout!.destroy()
      writeFileSync(join(cwd, 'gone'), '')
      const { code, stderr } = await ended
      assert.is(stderr, '')
      assert.is(code, 141)
      assert.not(existsSync(join(cwd, 'last')))
    },
  ))

test('a reader that goes before the report: the work is done and the exit code its own', () =>
  inFolder({ 'plan.json': chain(2) }, async (cwd) => {
    const { child, ended } = start(['run', 'plan.json', '--quiet'], { cwd })
    child.stdout!.destroy()
    const { code, stderr } = await ended
    assert.is(stderr, '')
    assert.is(code, 0)
  }))

test('nobody reading the progress does not stop the work', () =>
  inFolder({ 'plan.json': chain(3) }, async (cwd) => {
    const { child, ended } = start(['run', 'plan.json'], { cwd })
    child.stderr!.destroy()
    const { code, stdout } = await ended
    assert.is(code, 0)
    assert.match(stdout, 'all 3 operations succeeded')
  }))

test('a full disk under stdout is told on stderr, exit 1', () =>
  inFolder({ 'plan.json': chain(2) }, async (cwd) => {
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [main, 'run', 'plan.json', '--events', '--quiet'], { cwd, stdio: ['ignore', full, 'pipe'] })
    closeSync(full)
    let stderr = ''
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const code = await new Promise((resolve) => child.on('close', resolve))
    assert.is(stderr, 'stdout could not be written: ENOSPC: no space left on device, write. The run was stopped.\n')
    assert.is(code, 1)
  }))

test('while nobody reads the events, no more is started; once they are read, all is done', () =>
  inFolder({}, async (cwd) => {
    const operations = Array.from({ length: 4_000 }, (_, index) => ({ type: 'file', operation: 'mkdir', params: { path: `d${index}` } }))
    const child = spawn(process.execPath, [main, 'run', '-', '--events', '--quiet'], { cwd, stdio: ['pipe', 'pipe', 'inherit'] })
    child.stdin!.end(JSON.stringify(operations))
    // The pipe is full long before this; all of it takes a fraction of this when it is read.
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    const made = readdirSync(cwd).length
    assert.ok(made < 2_000, `${made} were made`)
    let text = ''
    child.stdout!.setEncoding('utf8').on('data', (piece: string) => (text += piece))
    assert.is(await new Promise((resolve) => child.on('close', resolve)), 0)
    assert.is(readdirSync(cwd).filter((name) => name !== '.millrace').length, 4_000)
    assert.is(parsed(text).filter(({ type }) => type === 'operation-succeeded').length, 4_000)
  }))

test('a terminal is never asked for: plain lines carry no escape sequence', () =>
  inFolder({ 'plan.json': chain(2) }, async (cwd) => {
    const { stdout, stderr } = await millrace(['run', 'plan.json'], { cwd })
    assert.not.match(stdout + stderr, '\u001b')
  }))

test.run()
