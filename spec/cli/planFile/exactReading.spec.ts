import * as fc from 'fast-check'
import { Readable } from 'node:stream'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { jsonOffsets } from '../../../src/cli/planFile/jsonOffsets.js'
import { readPlan } from '../../../src/cli/planFile/readPlan.js'
import { repeatedKeys } from '../../../src/cli/planFile/repeatedKeys.js'
import { describeFault } from '../../../src/model/fault/describeFault.js'

const test = suite('plans are read exactly')

async function textsOf(text: string): Promise<readonly string[]> {
  const read = await readPlan('-', Readable.from([Buffer.from(text)]))
  return read._tag === 'Left' ? read.left.map(describeFault) : []
}

const refused: readonly (readonly [what: string, text: string, expected: RegExp])[] = [
  [
    'a key twice in JSON',
    '{"operations":[],\n"operations":[]}',
    /^stdin:2:1: .*the key "operations" appears twice in one object\.\nKeep one/,
  ],
  ['a key twice, deep', '[{"params":{"a":{"b":1,"c":2,"b":3}}}]', /^stdin:1:30: .*the key "b" appears twice/],
  ['a key twice, once escaped', '{"a":1,"\\u0061":2}', /the key "a" appears twice/],
  ['a key twice with a quote in it', '{"a\\"{":1,"a\\"{":2}', /appears twice/],
  ['__proto__ twice', '{"__proto__":1,"__proto__":2}', /the key "__proto__" appears twice/],
  ['a key twice in YAML', 'operations: []\noperations: []\n', /^stdin:2:1: .*this key appears twice in one object/],
  [
    'a glob outside quotes',
    'operations:\n  - params: { command: [echo, *.ts] }\n',
    /^stdin:2:31: .*no anchor is called "\.ts".*\n.*"\*\.ts"/,
  ],
  ['a glob of any depth', 'a: **/*.ts\n', /^stdin:1:4: [^]*put it in quotes: "\*\*\/\*\.ts"/],
  ['a glob in a block list', 'a:\n  - *.md\n', /^stdin:2:5: [^]*put it in quotes: "\*\.md"/],
  ['a star alone', 'a: [*, b]\n', /outside quotes \* begins an alias/],
  ['an alias that is misspelt', 'a: &base 1\nb: *bsae\n', /^stdin:2:4: .*no anchor is called "bsae"/],
  [
    'braces outside quotes',
    'a:\n  content: {{a.stdout}}\n',
    /^stdin:2:12: .*\{\{a\.stdout\}\} is not in quotes.*\n.*\{ \$template: '\{\{a\.stdout\}\}' \}/,
  ],
  ['braces with blanks', 'content: {{ a.stdout }}\n', /\{\{ a\.stdout \}\} is not in quotes/],
  ['braces with text behind', 'content: {{a.stdout}} and more\n', /\{\{a\.stdout\}\} is not in quotes/],
  ['braces in a list', 'command: [echo, {{a.stdout}}]\n', /\{\{a\.stdout\}\} is not in quotes/],
  [
    'braces of a shell in a list',
    'command: [echo, ${a.stdout}]\n',
    /\$\{a\.stdout\} is not in quotes.*\n.*\{ \$template: '\{\{a\.stdout\}\}' \}/,
  ],
  ['a merge key', 'x-a: &a { b: 1 }\nc: { <<: *a, d: 1 }\n', /^stdin:2:6: .*merge keys \(<<\) are not supported/],
  ['a comment at the beginning of JSON', '// plan\n{"operations": []}', /^stdin:1:1: .*JSON has no comments/],
  ['a comment in JSON', '{ // a comment\n "operations": [] }', /^stdin:1:3: .*JSON has no comments/],
  ['a comment behind a value', '{"operations": [], "name": "http://x" // y\n}', /^stdin:1:39: .*JSON has no comments/],
  ['a comment of several lines', '{"operations": [] /* a\n b */}', /^stdin:1:19: .*JSON has no comments/],
]
for (const [what, text, expected] of refused)
  test(`refuses ${what}, once`, async () => {
    const texts = await textsOf(text)
    assert.is(texts.length, 1, texts.join('\n'))
    assert.match(texts[0]!, expected)
  })

const fine: readonly (readonly [what: string, text: string])[] = [
  ['the same key in two objects', '[{"a":1},{"a":{"a":1}}]'],
  ['text that looks like keys', '{"a":"\\"a\\":1,{","b":"a"}'],
  ['slashes in quotes', '{"a":"// no comment", "b": "/* nor this */"}'],
  ['YAML that begins with a bracket', '{ operations: [ { type: http, params: { url: http://x//y } } ] }'],
  ['a quoted star, braces and merge key', 'a: "*.ts"\nb: "{{a.b}}"\nc: { "<<": 1 }\n'],
  ['an anchor used below x-', 'x-shared: &shared { a: 1 }\noperations: []\nb: *shared\n'],
]
for (const [what, text] of fine) test(`takes ${what}`, async () => assert.equal(await textsOf(text), []))

test('YAML may have a mebibyte, JSON sixty-four', async () => {
  const long = 'x'.repeat(1024 * 1024)
  assert.match((await textsOf(`name: ${long}`)).join(), 'more than the 1,048,576 allowed in a YAML plan')
  assert.equal(await textsOf(JSON.stringify({ name: long })), [])
  assert.match((await textsOf(`{"name": "${long}", }`)).join(), /^stdin:1:\d+: the plan could not be read: /)
})

test('what is repeated is found, whatever the document', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(), (value, indent) => {
      const text = JSON.stringify(value, null, indent % 4)
      assert.equal(repeatedKeys(text, JSON.parse(text)), [])
      const twice = `{"k":${text},"other":{"k":1},"k":${text}}`
      assert.equal(repeatedKeys(twice, JSON.parse(twice)), [{ key: 'k', offset: twice.length - text.length - 5 }])
    }),
  )
})

test('every value is found where it stands', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(), (value, indent) => {
      const text = JSON.stringify(value, null, indent % 4)
      const paths: (readonly (string | number)[])[] = []
      const walk = (member: unknown, path: readonly (string | number)[]): void => {
        paths.push(path)
        if (typeof member === 'object' && member !== null)
          for (const [key, below] of Object.entries(member)) walk(below, [...path, Array.isArray(member) ? Number(key) : key])
      }
      walk(JSON.parse(text), [])
      const offsetOf = jsonOffsets(text, paths)
      for (const path of paths) {
        const found = path.reduce<unknown>((held, key) => (held as Record<string, unknown>)[key], JSON.parse(text))
        assert.ok(text.slice(offsetOf(path, false)).startsWith(JSON.stringify(found).slice(0, 1)), path.join('/'))
        const key = path.at(-1)
        if (typeof key === 'string') assert.ok(text.slice(offsetOf(path, true)).startsWith(JSON.stringify(key)))
      }
    }),
  )
})

test('sixteen mebibytes are read, or refused with their place, within three seconds', async () => {
  const operations = Array.from({ length: 90_000 }, (_, index) => ({
    id: `o${index}`,
    type: 'file',
    operation: 'read',
    params: { path: 'x'.repeat(110) },
  }))
  const text = JSON.stringify({ operations })
  for (const document of [text, `${text.slice(0, -1)},"operations":1}`]) {
    const { user, system } = process.cpuUsage()
    await textsOf(document)
    const used = process.cpuUsage()
    assert.ok(used.user + used.system - user - system < 3_000_000)
  }
})

test.run()
