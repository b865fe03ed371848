import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bullmqPerformer } from '../../../src/workers/bullmq/driver/bullmqPerformer.js'
import { describeKeyFault, readQueueKey } from '../../../src/workers/bullmq/wire/queueKey.js'
import { sealFor } from '../../../src/workers/bullmq/wire/seal.js'
import { tempTree } from '../../support/tempTree.js'

const test = suite('the key of a queue')
const key = Buffer.alloc(32, 9).toString('base64')

test('is 32 bytes in base64, or in a file that nobody else may read', () => {
  const root = tempTree({ key: `${key}\n` })
  const file = join(root, 'key')
  chmodSync(file, 0o600)
  for (const given of [key, ` ${key}\n`, file]) {
    const read = readQueueKey(given)
    assert.ok(read._tag === 'Right' && Buffer.from(read.right).toString('base64') === key, given)
  }
})

test('anything else is told, with the way out, and without the key', () => {
  const root = tempTree({ open: key, short: 'abcd' })
  chmodSync(join(root, 'open'), 0o644)
  chmodSync(join(root, 'short'), 0o600)
  const rows: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'MILLRACE_QUEUE_KEY is not set'],
    ['  ', 'MILLRACE_QUEUE_KEY is not set'],
    ['abcd', 'MILLRACE_QUEUE_KEY holds 3 bytes in base64; a key has 32.'],
    [join(root, 'none'), 'could not be read (ENOENT)'],
    [root, 'could not be read (EISDIR)'],
    [join(root, 'open'), `chmod 600 ${join(root, 'open')}`],
    [join(root, 'short'), 'holds 3 bytes in base64'],
  ]
  writeFileSync(join(root, 'open'), key)
  for (const [given, expected] of rows) {
    const read = readQueueKey(given)
    const text = read._tag === 'Left' ? describeKeyFault(read.left) : 'a key'
    if (given === root) assert.not.equal(text, 'a key')
    else assert.match(text, expected)
    assert.not.match(text, key)
  }
})

test('without one there is no performer', () => {
  assert.throws(() => bullmqPerformer({ url: 'redis://127.0.0.1:1', key: '' }), /MILLRACE_QUEUE_KEY is not set/)
})

test('a message opens with its key, as its kind, for its attempt and its performer, and unchanged', () => {
  const bytes = Buffer.from(key, 'base64')
  const seal = sealFor(bytes, 'p')
  const sealed = seal.close('grant', 'r/a/1', 'text')
  assert.is(seal.open('grant', 'r/a/1', sealed), 'text')
  assert.is(seal.open('deny', 'r/a/1', sealed), undefined)
  assert.is(seal.open('grant', 'r/a/2', sealed), undefined)
  assert.is(sealFor(bytes, 'q').open('grant', 'r/a/1', sealed), undefined)
  assert.is(sealFor(Buffer.alloc(32), 'p').open('grant', 'r/a/1', sealed), undefined)
  const raw = Buffer.from(sealed, 'base64')
  for (let at = 0; at < raw.length; at++) {
    const changed = Buffer.from(raw)
    changed[at]! ^= 1
    assert.is(seal.open('grant', 'r/a/1', changed.toString('base64')), undefined, `byte ${at}`)
  }
  for (let length = 0; length < raw.length; length++)
    assert.is(seal.open('grant', 'r/a/1', raw.subarray(0, length).toString('base64')), undefined)
})

test.run()
