import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { noneLeft } from '../shell/shellAttempt.js'
import { fakeAgent, fakeRunner, pidIn, taskBy } from './agentAttempt.js'

const test = suite('agent programs that misbehave')

const ended = 'The program of the agent "ada" ended without a result.'

test('one that behaves tells its output, progress and usage as events, and gives its result', async () => {
  const { value, told, progresses, emitted } = await taskBy({ how: 'well', what: 'it' })
  assert.equal(value, { text: 'done it', usage: { inputTokens: 12, outputTokens: 3 } })
  assert.is(told, 'looking')
  assert.equal(progresses, [{ fraction: 0.5, message: 'half of it' }])
  assert.equal(emitted, [{ name: 'usage', data: { inputTokens: 12, outputTokens: 3 } }])
})

test('an agent program has the trace of its run, and no state of another', async () => {
  const before = process.env['TRACESTATE']
  process.env['TRACESTATE'] = 'of=other'
  try {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    const { value } = await taskBy({ how: 'trace' }, fakeRunner, undefined, {}, { traceparent })
    assert.equal(value, { text: `${traceparent} undefined` })
  } finally {
    if (before === undefined) delete process.env['TRACESTATE']
    else process.env['TRACESTATE'] = before
  }
})

for (const how of ['neverEnds', 'ignoresTerm'])
  test(`one that ${how === 'neverEnds' ? 'never ends' : 'never ends and ignores TERM'} is gone once its attempt is aborted`, async () => {
    const { error, told } = await taskBy({ how }, fakeRunner, 'pid')
    assert.is(error?.type, 'killed')
    assert.is(error?.message, `${process.execPath} was stopped: its attempt was aborted.`)
    assert.is(error?.type === 'killed' && error.killedBy, how === 'neverEnds' ? 'SIGTERM' : 'SIGKILL')
    await noneLeft([pidIn(told)])
  })

test('one that writes half lines, and half characters, is read as if it did not', async () => {
  const { value, told } = await taskBy({ how: 'halfLines' })
  assert.equal(value, { text: '\u{1f41d}' })
  assert.is(told, 'gr\u00fc\u00df')
})

test('one that floods is stopped at the limit', async () => {
  const { error, told } = await taskBy({ how: 'floods' })
  assert.is(error?.type, 'too-large')
  assert.is(error?.message, 'The program of the agent "ada" wrote more than 1000000 bytes for one task, and was stopped.')
  assert.ok(told.length <= 1_000_000)
})

test('one that writes a line without end is stopped at the limit', async () => {
  const { error } = await taskBy({ how: 'oneLine' })
  assert.is(error?.message, 'The program of the agent "ada" wrote a line of more than 200000 characters, and was stopped.')
})

test('one that exits early has failed, and what it said to stderr is told', async () => {
  const { error, stderr } = await taskBy({ how: 'exitsEarly' })
  assert.is(error?.type, 'agent-error')
  assert.is(error?.message, ended)
  assert.is(error?.retryable, true)
  assert.is(stderr, 'no key was found\n')
})

test('one that tells an error has failed with that, whatever its exit code', async () => {
  const { error } = await taskBy({ how: 'fails' })
  assert.equal([error?.type, error?.message], ['agent-error', 'The agent "ada" failed: the model is overloaded'])
})

test('one that asks back where nobody answers has failed with its question and the conversation', async () => {
  const { error } = await taskBy({ how: 'asks' })
  assert.ok(error?.type === 'agent-error' && error.needsInput === true)
  assert.match(error.message, /^The agent "ada" needs an answer before it can continue: Which branch\?\n/)
  assert.equal(error.conversation, [{ by: 'agent', text: 'Which branch?' }])
  assert.is(error.retryable, false)
})

test('one that exits with a code after its result has failed', async () => {
  // On a busy machine its exit may come long after its result.
  const { error } = await taskBy({ how: 'crashes' }, undefined, undefined, { lingerMs: 30_000 })
  assert.is(error?.type, 'exit-code')
  assert.is(error?.message, `${process.execPath} exited with code 3.`)
})

test('one that is killed has failed with the signal', async () => {
  const { error } = await taskBy({ how: 'dies' })
  assert.is(error?.type === 'killed' && error.killedBy, 'SIGKILL')
})

test('one that stays after its result is ended, and its result counts', async () => {
  const { value } = await taskBy({ how: 'lingers' })
  await noneLeft([pidIn((value as { text: string }).text)])
})

test('one that writes what is no message of its protocol is heard all the same', async () => {
  const { value, told } = await taskBy({ how: 'junk' })
  assert.equal(value, { text: '{"fine":true}' })
  assert.is(told, 'Welcome!\n[1, 2]\n{"type":"unheard-of"}\n')
})

test('one that forks leaves no child behind, also none that ignores TERM', async () => {
  const { value } = await taskBy({ how: 'forks' })
  const pid = pidIn((value as { text: string }).text)
  assert.ok(pid > 0)
  await noneLeft([pid])
})

test('one that never reads its task ends by itself all the same', async () => {
  const ignoring = { ...fakeRunner, command: [process.execPath, '-e', `console.log('{"type":"result","text":"unasked"}')`] }
  assert.equal((await taskBy('x'.repeat(1_000_000), ignoring)).value, { text: 'unasked' })
})

test('one that is not there is not found', async () => {
  const { error } = await taskBy('hello', { ...fakeRunner, command: ['no-such-agent'] })
  assert.is(error?.type, 'not-found')
  assert.match(error?.message ?? '', 'command[0]: there is no program "no-such-agent" on the PATH')
})

test('as text, all it writes is its answer', async () => {
  const { value, told } = await taskBy('hello', { ...fakeRunner, format: 'text', command: ['cat'] })
  assert.equal(value, { text: 'hello' })
  assert.is(told, 'hello')
})

test('its arguments name the agent and its kind where they ask for them', async () => {
  const command = [process.execPath, '-e', 'console.log(process.argv.slice(1).join())', '{{agent}}', 'of {{kind}}', fakeAgent]
  const { value } = await taskBy('hello', { ...fakeRunner, format: 'text', command })
  assert.equal(value, { text: `ada,of coder,${fakeAgent}` })
})

test.run()
