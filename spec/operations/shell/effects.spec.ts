import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { notYetKnown } from '../../../src/model/effects.js'
import { operationRegistry } from '../../../src/model/operationType.js'
import { rootsOf } from '../../../src/operations/file/confine/roots.js'
import { runEffects } from '../../../src/operations/shell/runEffects.js'
import { shellOperations } from '../../../src/operations/shell/shellOperations.js'

const test = suite('effects of shell run')
const command = ['make']
const somewhere = { resource: 'file:', orderOnly: true } as const

const rows: readonly (readonly [string, Parameters<typeof runEffects>[1], ReturnType<typeof runEffects>])[] = [
  ['follows the root', { command }, { follows: [{ resource: 'file:/srv' }] }],
  ['follows its cwd', { command, cwd: 'app/../web/' }, { follows: [{ resource: 'file:/srv/web' }] }],
  ['follows an absolute cwd', { command, cwd: '/srv/app' }, { follows: [{ resource: 'file:/srv/app' }] }],
  ['follows any place while its cwd is not known', { command, cwd: notYetKnown }, { follows: [somewhere] }],
  [
    'reads and writes what it declares, relative to its cwd',
    { command, cwd: 'app', reads: ['src', '../lib'], writes: ['/srv/out'] },
    {
      follows: [{ resource: 'file:/srv/app' }],
      reads: [{ resource: 'file:/srv/app/src' }, { resource: 'file:/srv/lib' }],
      writes: [{ resource: 'file:/srv/out' }],
    },
  ],
  [
    'may touch any place while its paths are not known',
    { command, reads: notYetKnown, writes: [] },
    { follows: [{ resource: 'file:/srv' }], reads: [somewhere], writes: [] },
  ],
  [
    'still knows its absolute paths while its cwd is not known',
    { command, cwd: notYetKnown, writes: ['out', '/srv/out'] },
    { follows: [somewhere], writes: [somewhere, { resource: 'file:/srv/out' }] },
  ],
]
for (const [title, params, effects] of rows) test(title, () => assert.equal(runEffects(rootsOf({ roots: ['/srv'] }), params), effects))

test('fits into a registry: its codecs carry their JSON Schema', () => {
  assert.equal([...operationRegistry(shellOperations({ roots: ['.'] })).keys()], ['shell.run'])
})

test.run()
