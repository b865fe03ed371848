import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readPlan } from '../../../src/cli/planFile/readPlan.js'
import { describeFault } from '../../../src/model/fault/describeFault.js'

const test = suite('readPlan')

const stdin = (...chunks: readonly (string | Buffer)[]): Readable => Readable.from(chunks.map((chunk) => Buffer.from(chunk)))

async function valueOf(text: string): Promise<unknown> {
  const read = await readPlan('-', stdin(text))
  assert.is(read._tag, 'Right', JSON.stringify(read))
  return read._tag === 'Right' ? read.right.value : undefined
}

async function faultsOf(text: string | Buffer): Promise<readonly string[]> {
  const read = await readPlan('-', stdin(text))
  return read._tag === 'Left' ? read.left.map(describeFault) : []
}

test('JSON and YAML give the same value', async () => {
  const plan = { operations: [{ type: 'file', operation: 'read', params: { path: 'a' } }] }
  assert.equal(await valueOf(JSON.stringify(plan)), plan)
  assert.equal(await valueOf('operations:\n  - type: file\n    operation: read\n    params: {path: a}\n'), plan)
})

test('text may come in pieces, with a byte order mark, and from a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-read-'))
  const path = join(folder, 'plan.json')
  writeFileSync(path, '\ufeff{"name":"größe"}')
  const read = await readPlan(path, stdin())
  assert.equal(read._tag === 'Right' && [read.right.value, read.right.source.file], [{ name: 'größe' }, path])
  const bytes = Buffer.from('{"name":"größe"}')
  const pieces = await readPlan('-', stdin(bytes.subarray(0, 12), bytes.subarray(12)))
  assert.equal(pieces._tag === 'Right' && pieces.right.value, { name: 'größe' })
  rmSync(folder, { recursive: true })
})

test('__proto__ is a key like any other, in both notations', async () => {
  for (const text of ['{"__proto__": {"polluted": true}}', '__proto__:\n  polluted: true\n']) {
    const value = (await valueOf(text)) as object
    assert.equal(Object.keys(value), ['__proto__'])
    assert.is((value as { polluted?: unknown }).polluted, undefined)
  }
})

test('an anchor may be used again', async () => {
  assert.equal(await valueOf('a: &x {b: 1}\nc: *x\n'), { a: { b: 1 }, c: { b: 1 } })
})

test('dates stay text: a plan holds what JSON can hold', async () => {
  assert.equal(await valueOf('a: 2024-01-02\nb: yes\nc: 0x10\n'), { a: '2024-01-02', b: 'yes', c: 16 })
})

const missingComma =
  'the plan could not be read: a comma is missing after this, or a bracket is not closed: what follows looks like another key.'

const refused: readonly (readonly [string, string | Buffer, readonly string[]])[] = [
  ['nothing at all', ' \n', ['stdin:1:1: the plan could not be read: it is empty.']],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff]), ['The plan could not be read: stdin: it is not UTF-8 text.']],
  [
    'a key given twice',
    'name: a\nname: b\n',
    ['stdin:2:1: the plan could not be read: this key appears twice in one object.\nKeep one of them.'],
  ],
  [
    'a tag of its own',
    'name: !secret x\nother: !!binary aGk=\n',
    [
      'stdin:1:7: the plan could not be read: Unresolved tag: !secret.',
      'stdin:2:8: the plan could not be read: Unresolved tag: tag:yaml.org,2002:binary.',
    ],
  ],
  [
    'aliases that multiply',
    `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n`,
    ['stdin:1:1: the plan could not be read: its aliases expand more than 1000 times.'],
  ],
  ['two documents', 'a: 1\n---\nb: 2\n', ['stdin:2:1: the plan could not be read: a second document begins here. A plan is one document.']],
  ['a missing comma', '{"a": 1\n "b": 2}', [`stdin:1:7: ${missingComma}`]],
  ['a bracket left open', '[{id: a, params: {path: x}}', ['stdin:1:28: the plan could not be read: Flow sequence must end with a ].']],
  [
    'a key and its value without a space between { and }',
    '{operations: [{id:a, url:"http://x"}], b: {c: d:e, f: }, "g:h", i:j: 1}',
    [
      'stdin:1:16: the plan could not be read: inside { }, a colon needs a space after it. Write "id: a" instead of "id:a".',
      'stdin:1:22: the plan could not be read: inside { }, a colon needs a space after it. Write "url: "http://x"" instead of "url:"http://x"".',
    ],
  ],
  [
    'both at once, each in its place',
    '{\n  operations: [\n    {id: a, type: file\n     operation: read},\n    {id:b}\n  ]\n}',
    [
      `stdin:3:19: ${missingComma}`,
      'stdin:5:6: the plan could not be read: inside { }, a colon needs a space after it. Write "id: b" instead of "id:b".',
    ],
  ],
]

for (const [what, text, expected] of refused) test(`refuses ${what}`, async () => assert.equal(await faultsOf(text), expected))

test('broken JSON is told as JSON only where the file is called so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-read-'))
  const told = async (name: string): Promise<readonly string[]> => {
    writeFileSync(join(folder, name), '{"a": 1\n "b": 2}')
    const read = await readPlan(join(folder, name), stdin())
    return read._tag === 'Left' ? read.left.map((fault) => describeFault(fault).slice(folder.length + 1)) : []
  }
  assert.equal(await told('plan.json'), ["plan.json:2:2: the plan could not be read: Expected ',' or '}' after property value."])
  assert.equal(await told('plan.yaml'), [`plan.yaml:1:7: ${missingComma}`])
  rmSync(folder, { recursive: true })
})

test('of one slip that makes many errors it tells the first twenty', async () => {
  assert.is((await faultsOf(Array.from({ length: 50 }, (_, index) => `b${index}: !x 1\n`).join(''))).length, 20)
})

test('refuses nesting that would overflow the stack', async () => {
  assert.equal(await faultsOf(`x: ${'['.repeat(100_000)}`), ['stdin:1:1: the plan could not be read: it is nested too deeply.'])
})

test('says why a file cannot be read', async () => {
  const read = async (path: string): Promise<readonly string[]> => {
    const result = await readPlan(path, stdin())
    return result._tag === 'Left' ? result.left.map(describeFault) : []
  }
  assert.equal(await read('no-such.yaml'), ['The plan could not be read: no-such.yaml: there is no such file.'])
  assert.equal(await read('.'), ['The plan could not be read: .: it is a folder, not a file.'])
})

test('stops reading at 64 MiB', async () => {
  let pulled = 0
  const endless = Readable.from(
    (function* () {
      for (;;) {
        pulled += 1
        yield Buffer.alloc(1024 * 1024, ' ')
      }
    })(),
  )
  const read = await readPlan('-', endless)
  assert.equal(read._tag === 'Left' && read.left, [{ type: 'too-large', at: [], what: 'bytes', limit: 67_108_864, actual: 68_157_440 }])
  assert.ok(pulled < 90, `${pulled} MiB were pulled`)
})

test.run()
