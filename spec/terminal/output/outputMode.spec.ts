import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shownTo, type OutputMode } from '../../../src/terminal/output/outputMode.js'

const test = suite('shownTo')

const rows: readonly [what: string, asked: OutputMode | undefined, terminal: boolean, env: object, mode: OutputMode, progress: boolean][] =
  [
    ['a person at a terminal', undefined, true, {}, 'failed', true],
    ['a log', undefined, false, {}, 'grouped', true],
    ['GitHub Actions', undefined, false, { GITHUB_ACTIONS: 'true' }, 'grouped', true],
    ['a coding agent', undefined, false, { CLAUDECODE: '1' }, 'failed', false],
    ['another coding agent, at a terminal', undefined, true, { AGENT: 'goose' }, 'failed', false],
    ['a variable that says no', undefined, false, { AGENT: '0' }, 'grouped', true],
    ['an empty variable', undefined, false, { CLAUDECODE: '' }, 'grouped', true],
    ['a coding agent that asks for more', 'stream', false, { CLAUDECODE: '1' }, 'stream', true],
    ['a person who asks for nothing', 'none', true, {}, 'none', true],
  ]
for (const [what, asked, terminal, env, mode, progress] of rows)
  test(what, () => assert.equal(shownTo(asked, terminal, env as { readonly [name: string]: string }), { mode, progress }))

test.run()
