import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shellOperations } from '../../../src/operations/shell/shellOperations.js'
import { errorOf, inFolder, start } from './shellAttempt.js'

const test = suite('errors of shell run')
const here = process.cwd()

test('an exit code that was not expected is told in one line: what was written is beside it', async () => {
  const error = await errorOf(here, { command: ['sh', '-c', 'echo fine; echo "no such table" >&2; exit 2'] })
  assert.equal(error, { type: 'exit-code', message: 'sh exited with code 2.', retryable: true, exitCode: 2 })
})

test('codes that were expected are named when they are not just 0', async () => {
  const error = await errorOf(here, { command: ['sh', '-c', 'echo "2 specs failed"; exit 1'], expectExitCode: [0, 2, 3] })
  assert.is(error.message, 'sh exited with code 1, not 0, 2 or 3.')
})

test('a failed program that wrote nothing at all is told so', async () => {
  assert.is((await errorOf(here, { command: ['false'] })).message, 'false exited with code 1. It wrote nothing.')
})

test('a program killed by a signal is told with the signal', async () => {
  const error = await errorOf(here, { command: ['sh', '-c', 'echo oops >&2; kill -KILL $$'] })
  assert.equal(error, {
    type: 'killed',
    message: 'sh was killed by SIGKILL, which this run did not send. Often that means that the machine ran out of memory.',
    retryable: true,
    killedBy: 'SIGKILL',
  })
})

test('an aborted program is told as stopped', async () => {
  const attempt = start(here, { command: ['sleep', '60'] })
  attempt.abort()
  const end = await attempt.ended
  assert.equal(end._tag === 'Left' && end.left, {
    type: 'killed',
    message: 'sleep was stopped: its attempt was aborted.',
    retryable: false,
    killedBy: 'SIGTERM',
  })
})

test('a program that is not on the PATH is not found', async () => {
  const error = await errorOf(here, { command: ['no-such-program'] })
  assert.is(error.type, 'not-found')
  assert.is(error.type === 'not-found' && error.what, 'no-such-program')
  assert.is(error.retryable, false)
  assert.is(
    error.message,
    'command[0]: there is no program "no-such-program" on the PATH; or it is a script, and the interpreter its first line names' +
      ' is missing. Check the name, or install it.',
  )
})

test('a program that is not at its path is not found', async () => {
  assert.is(
    (await errorOf(here, { command: ['./no-such-program'] })).message,
    'command[0]: there is no program at "./no-such-program", relative to the folder it would run in; or it is a script, and the' +
      ' interpreter its first line names is missing. Check the name, or install it.',
  )
})

test('a file that is not executable is told with the way out', () =>
  inFolder(async (root) => {
    writeFileSync(join(root, 'build.js'), '')
    const error = await errorOf(root, { command: ['./build.js'] })
    assert.is(error.type === 'system' && error.code, 'EACCES')
    assert.is(
      error.message,
      'command[0]: "./build.js" is not executable. Make it executable (chmod +x), or run it with its interpreter,' +
        ' such as ["node", "script.js"].',
    )
  }))

test('arguments longer than the system takes are told with the way out', async () => {
  const error = await errorOf(here, { command: ['echo', 'x'.repeat(10_000_000)] })
  assert.equal(error.type === 'invalid-params' && error.at, ['command'])
  assert.is(
    error.message,
    'command: its arguments and environment are longer than the operating system allows. Pass long text by stdin, or in a file.',
  )
})

test('an empty program name is refused', async () => {
  const error = await errorOf(here, { command: [''] })
  assert.equal(error.type === 'invalid-params' && error.at, ['command', 0])
  assert.is(error.message, 'command[0]: the name of the program is empty. Put the program first, such as ["npm", "test"].')
})

test('a missing cwd is not found, by its name', () =>
  inFolder(async (root) => {
    const error = await errorOf(root, { command: ['true'], cwd: 'app' })
    assert.is(error.type === 'not-found' && error.what, 'app')
    assert.is(
      error.message,
      `cwd: there is no folder "app" (${root}/app). Make it first: with a file mkdir operation among the dependencies of this one.`,
    )
  }))

test('a cwd that is a file is refused', () =>
  inFolder(async (root) => {
    writeFileSync(join(root, 'notes'), '')
    const error = await errorOf(root, { command: ['true'], cwd: 'notes' })
    assert.is(error.type === 'system' && error.code, 'ENOTDIR')
    assert.is(error.message, 'cwd: "notes" is a file. A program runs in a folder: name the one the file is in.')
  }))

for (const cwd of ['..', '../..', '/', 'sub/../..'])
  test(`a cwd outside the roots is refused: ${cwd}`, () =>
    inFolder(async (root) => {
      mkdirSync(join(root, 'sub'))
      const error = await errorOf(root, { command: ['true'], cwd })
      assert.is(error.type === 'not-allowed' && error.what, cwd)
      assert.is(
        error.message,
        `cwd: "${cwd}" is outside the folders of this run: ${root}. Choose a folder inside them, or start the run with another --root.`,
      )
    }))

test('a cwd that leads outside by a link is refused, and the message says where to', () =>
  inFolder(async (root) => {
    symlinkSync(tmpdir(), join(root, 'link'))
    assert.is(
      (await errorOf(root, { command: ['true'], cwd: 'link' })).message,
      `cwd: "link" is outside the folders of this run: ${root}. It leads to ${realpathSync(tmpdir())}.` +
        ' Choose a folder inside them, or start the run with another --root.',
    )
  }))

test('a name of a variable that is none is refused', async () => {
  const error = await errorOf(here, { command: ['true'], env: { 'A=B': 'c' } })
  assert.equal(error.type === 'invalid-params' && error.at, ['env', 'A=B'])
  assert.is(error.message, 'env: "A=B" is not the name of a variable: it must not be empty, nor hold "=" or a NUL character.')
})

test('without a root there is no shell run', () => {
  assert.throws(
    () => shellOperations({ roots: [] }),
    (error: unknown) =>
      error instanceof TypeError && error.message === 'shellOperations needs at least one root: the folder programs run in, such as ".".',
  )
})

test('a command given as one text does not fit, and what is expected tells the way out', () => {
  const [type] = shellOperations({ roots: [here] })
  const decoded = type.params.decode({ command: 'npm test' })
  assert.ok(decoded._tag === 'Left')
  assert.is(
    decoded.left[0]?.context.at(-1)?.type.name,
    'a list of the program and its arguments, such as ["npm", "test"] (one text is never split and no shell reads it:' +
      ' write it as a list, or as ["sh", "-c", "…"] if you do want a shell)',
  )
})

test('an argument with a NUL character does not fit', () => {
  const [type] = shellOperations({ roots: [here] })
  const decoded = type.params.decode({ command: ['echo', 'a\0b'] })
  assert.is(
    decoded._tag === 'Left' && decoded.left[0]?.context.at(-1)?.type.name,
    'text without a NUL character (true, null and numbers are text only in quotes, such as "1")',
  )
})

test.run()
