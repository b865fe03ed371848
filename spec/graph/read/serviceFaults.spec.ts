import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compilePlan } from '../../../src/graph/compilePlan.js'
import { describeFault } from '../../../src/model/fault/describeFault.js'
import { operationRegistry } from '../../../src/model/operationType.js'
import { fileOperations } from '../../../src/operations/file/fileOperations.js'
import { shellOperations } from '../../../src/operations/shell/shellOperations.js'

const test = suite('faults of services')

const registry = operationRegistry([...shellOperations({ roots: ['.'] }), ...fileOperations({ roots: ['.'] })])
const textsOf = (plan: unknown): readonly string[] => {
  const compiled = compilePlan(plan, registry)
  return compiled._tag === 'Left' ? compiled.left.map(describeFault) : []
}

const command = ['node', 'server.js']
const server = { id: 'server', type: 'shell.run', service: true, ready: { port: 3000 }, params: { command } }
const test_ = { id: 'test', type: 'shell.run', dependencies: ['server'], params: { command: ['npm', 'test'] } }
const given = (change: object, params: object = {}): readonly object[] => [{ ...server, ...change, params: { command, ...params } }, test_]

test('takes what is right', () => {
  for (const ready of [
    { line: 'up' },
    { port: 1, timeoutMs: 5 },
    { url: 'http://localhost' },
    { url: 'https://127.0.0.1:8443/a?b' },
    { url: 'http://[::1]:80/' },
  ])
    assert.equal(textsOf(given({ ready })), [])
  assert.equal(textsOf({ inputs: { port: 3000 }, operations: given({ ready: { port: { $input: 'port' } } }) }), [])
  assert.equal(
    textsOf({ inputs: { port: 3000 }, operations: given({ ready: { url: { $template: 'http://localhost:{{$input.port}}/' } } }) }),
    [],
  )
  assert.equal(textsOf([server, { ...test_, dependencies: [], params: { command: ['curl', { $ref: 'server.url' }] } }]), [])
})

test('takes a program that reads what a service declares to write for one that needs it', () => {
  const reads = { id: 'reads', type: 'file.read', params: { path: 'log' } }
  assert.equal(textsOf([{ ...server, params: { command, writes: ['log'] } }, reads]), [])
})

const wrong: readonly (readonly [title: string, plan: unknown, text: string])[] = [
  [
    'no ready',
    [{ id: 'server', type: 'shell.run', service: true, params: { command } }, test_],
    'operations[0].ready: a service needs exactly one of line, port, url in "ready", which decides when its dependents start.\n' +
      'Add it, such as "ready": {"port": 3000} or "ready": {"line": "listening"}.',
  ],
  ['an empty ready', given({ ready: { timeoutMs: 5 } }), 'a service needs exactly one of line, port, url'],
  [
    'two ways to be ready',
    given({ ready: { port: 1, line: 'x' } }),
    'operations[0].ready: "ready" has "line" and "port", but takes only one of them.\nKeep one of them.',
  ],
  [
    'an unknown way',
    given({ ready: { port: 1, log: 'x' } }),
    'operations[0].ready.log: "shell.run" takes no "log" here.\nIt takes: line, port, url, timeoutMs.',
  ],
  ['a port that is none', given({ ready: { port: 70_000 } }), 'operations[0].ready.port: expected'],
  [
    'an address elsewhere',
    given({ ready: { url: 'http://example.com/' } }),
    'operations[0].ready.url: expected an address of this machine, such as "http://localhost:3000/" for "shell.run", received "http://example.com/".',
  ],
  [
    'an address that only begins like this machine',
    given({ ready: { url: 'http://localhost.example.com/' } }),
    'expected an address of this machine',
  ],
  ['a user before another host', given({ ready: { url: 'http://localhost:80@example.com/' } }), 'expected an address of this machine'],
  ['ready that is no object', given({ ready: 'up' }), 'operations[0].ready: expected an object with "line", "port" or "url"'],
  [
    'ready without service',
    [{ id: 'a', type: 'shell.run', ready: { port: 1 }, params: { command } }],
    'operations[0].ready: "ready" is for services.\nAdd "service": true if the operation runs beside its dependents, or remove "ready".',
  ],
  ['a service in words', given({ service: 'yes' }), 'operations[0].service: expected true or false, received "yes".'],
  [
    'another type',
    [{ id: 'server', type: 'file.read', service: true, ready: { line: 'x' }, params: { path: 'a' } }, test_],
    'operations[0].service: "file.read" cannot be a service.\nThese can: shell.run.',
  ],
  ['each', given({ each: [1] }), 'operations[0].each: a service takes no "each".\nWrite one service for each item.'],
  [
    'a weight',
    given({ weight: 2 }),
    'operations[0].weight: a service takes no "weight".\nA service holds no slot: it could keep its own dependents from starting. Remove it.',
  ],
  ['a fallback', given({ fallback: 1 }), 'operations[0].fallback: a service takes no "fallback".'],
  ['stdoutTo', given({}, { stdoutTo: 'log' }), 'operations[0].params.stdoutTo: a service takes no "stdoutTo".'],
  ['ready among the params', given({}, { ready: { port: 1 } }), '"shell.run" takes no "ready" here.'],
  [
    'a service that nobody needs',
    [server, { ...test_, dependencies: [] }],
    'operations[0].service: no operation depends on the service "server": it would end as soon as it is ready.\n' +
      'Name it in the "dependencies" of the operations that need it, or remove "service".',
  ],
  [
    'a value that a service does not have',
    [server, { ...test_, params: { command: ['echo', { $ref: 'server.stdout' }] } }],
    'the result of "server" has no "stdout".\nIt has: line, url, port.',
  ],
]
for (const [title, plan, text] of wrong)
  test(`refuses ${title}`, () => {
    const texts = textsOf(plan)
    assert.is(texts.length, 1, texts.join('\n'))
    assert.match(texts[0]!, text)
  })

test.run()
