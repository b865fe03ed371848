import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace, node } from './millrace.js'
import { files, run, sleeps } from './runs.js'
import { withWaits, type Waits } from './waits.js'

const test = suite('what millrace run tells behind its report')

/** One after another they take longer than the shortest run that advice is told of, and hardly any CPU time. */
const waiting = (waits: Waits, count: number, ms: number): object => ({
  name: 'waits',
  concurrency: 1,
  operations: Array.from({ length: count }, () => waits(ms)),
})
const allowed = '--allow-private-addresses'

test('advice that another run can check is given, recorded, and scored by that run', () =>
  withWaits((waits) =>
    inFolder({ 'plan.json': waiting(waits, 12, 300) }, async (cwd) => {
      const { stdout } = await run(cwd, 'plan.json', '--timeout', '600000', allowed)
      const [, check = ''] =
        /\nAdvice: .+\n {2}To check it: millrace (run plan\.json --timeout 600000 --allow-private-addresses --quiet --concurrency \d+)\n/.exec(
          stdout,
        ) ?? []
      assert.is.not(check, '', stdout)
      await run(cwd, ...check.split(' ').slice(1))
      const { runs, advice } = JSON.parse((await millrace(['history', '--advice', '--json'], { cwd })).stdout) as {
        runs: { runId: string; scored: { runId: string; score: string }[] }[]
        advice: { id: string; given: number; checked: number }[]
      }
      const [checking, advising] = runs
      assert.equal(
        checking!.scored.map(({ runId }) => runId),
        [advising!.runId],
      )
      assert.match(checking!.scored[0]!.score, /^(hit|miss)$/)
      assert.is(advice.find(({ id }) => id === 'all')?.checked, 1)
      const table = await millrace(['history', '--advice'], { cwd })
      assert.match(table.stdout, /^advice +given +checked +right +hit rate\n/)
    }),
  ))

test('--repeat with --json writes one document with all runs, up to one that did not succeed', () =>
  inFolder({ 'plan.json': files, 'bad.json': { operations: [node('a', 'process.exit(1)')] } }, async (cwd) => {
    interface Runs {
      readonly runs: readonly { readonly ok: boolean; readonly runId: string }[]
    }
    const many = await millrace(['run', 'plan.json', '--quiet', '--json', '--repeat', '11'], { cwd })
    assert.equal([many.code, many.stderr], [0, ''])
    assert.is(new Set((JSON.parse(many.stdout) as Runs).runs.map(({ runId }) => runId)).size, 11)
    const one = await millrace(['run', 'plan.json', '--quiet', '--json', '--repeat', '1'], { cwd })
    assert.is((JSON.parse(one.stdout) as Runs).runs.length, 1)
    const bad = await millrace(['run', 'bad.json', '--quiet', '--json', '--repeat', '3'], { cwd })
    assert.is(bad.code, 1)
    assert.equal(
      (JSON.parse(bad.stdout) as Runs).runs.map(({ ok }) => ok),
      [false],
    )
    const none = await millrace(['run', 'none.json', '--quiet', '--json', '--repeat', '3'], { cwd })
    assert.equal([none.code, none.stdout], [2, ''])
  }))

test('of a short run advice is kept and not told', () =>
  withWaits((waits) =>
    inFolder({ 'plan.json': waiting(waits, 3, 100) }, async (cwd) => {
      const { stdout } = await run(cwd, 'plan.json', allowed)
      const { runs } = JSON.parse((await millrace(['history', '--json'], { cwd })).stdout) as {
        runs: { makespanMs: number; advice: { predicted?: object }[] }[]
      }
      const [{ makespanMs, advice }] = runs as [(typeof runs)[number]]
      assert.is.not(advice.length, 0)
      // On a busy machine the run is not short, and may be bound by the CPU: then nothing is predicted.
      const isTold = makespanMs >= 500 && advice.some(({ predicted }) => predicted !== undefined)
      assert.is(stdout.includes('Advice'), isTold)
    }),
  ))

test('the check of a plan from stdin is told in words: no command could run it again', () =>
  withWaits((waits) =>
    inFolder({ root: '' }, async (cwd) => {
      const { stdout } = await millrace(['run', '-', '--quiet', allowed], { cwd, stdin: JSON.stringify(waiting(waits, 12, 300)) })
      assert.match(stdout, /\n {2}To check it: run the same plan \(it came from no file\) again in the same way, but at concurrency \d+\n/)
    }),
  ))

test('a gate that could not judge lets pass, and says so', () =>
  inFolder({ 'plan.json': files, 'other.json': sleeps(1, 1) }, async (cwd) => {
    await run(cwd, 'plan.json')
    await millrace(['baseline', 'set', 'main'], { cwd })
    const tooFew = '--fail-on slower was not applied: it needs 5 runs of the plan on each side ("millrace run --repeat 5" makes them).\n'
    const again = await millrace(['run', 'plan.json', '--quiet', '--baseline', 'main', '--fail-on', 'slower'], { cwd })
    assert.equal([again.code, again.stderr], [0, tooFew])
    const compared = await millrace(['compare', 'last~1', 'last', '--fail-on', 'slower'], { cwd })
    assert.equal([compared.code, compared.stderr], [0, tooFew])
    const other = await millrace(['run', 'other.json', '--quiet', '--baseline', 'main', '--fail-on', 'slower'], { cwd })
    assert.equal([other.code, other.stderr], [0, '--fail-on slower was not applied: this run cannot be compared with its baseline.\n'])
  }))

test('--baseline compares this run, and the latest like it, with earlier ones', () =>
  inFolder({ 'plan.json': sleeps(20, 2) }, async (cwd) => {
    await run(cwd, 'plan.json', '--repeat', '5')
    await millrace(['baseline', 'set', 'main'], { cwd })
    await run(cwd, 'plan.json', '--repeat', '4')
    const fifth = await run(cwd, 'plan.json', '--baseline', 'main')
    assert.match(fifth.stdout, /\nCompared with main:\n {2}(same|slower|faster): /)
    assert.not.match(fifth.stdout, 'too few')
    const sixth = await run(cwd, 'plan.json', '--baseline', 'main', '--json')
    assert.match((JSON.parse(sixth.stdout) as { comparison: { verdict: string } }).comparison.verdict, /^(same|slower|faster)$/)
  }))

test('a baseline that cannot be compared with is told before anything runs', () =>
  inFolder({ 'plan.json': files }, async (cwd) => {
    const refusal = async (...args: readonly string[]): Promise<string> => {
      const { code, stderr } = await millrace(['run', 'plan.json', ...args], { cwd })
      assert.is(code, 2)
      return stderr
    }
    assert.is(
      await refusal('--baseline', 'main'),
      'error: no baseline is called "main". There are none: "millrace baseline set" makes one.\n',
    )
    assert.is(
      await refusal('--fail-on', 'slower'),
      'error: --fail-on needs --baseline, which names the runs to compare with. "millrace baseline set" stores some.\n',
    )
    assert.is(
      await refusal('--baseline', 'main', '--no-log'),
      'error: --baseline compares event logs, and --no-log writes none. Leave out one of them.\n',
    )
    assert.equal((await millrace(['history'], { cwd })).stdout, 'There are no finished runs here yet.\n')
  }))

test('--tokens counts the operations as messages, four ways, and names the tokenizer', () =>
  inFolder({ 'plan.json': files }, async (cwd) => {
    const { stdout } = await run(cwd, 'plan.json', '--tokens')
    assert.match(
      stdout,
      /\nTokens of these operations as messages, counted by o200k_base; cost = fresh × 1 \+ cached × 0\.1 \+ output × 5:\nway +results as +requests +output +context growth +processed +cost\n(?:.+\n)*sequential +text +4 /,
    )
    const { tokens } = JSON.parse((await run(cwd, 'plan.json', '--tokens', '--json')).stdout) as {
      tokens: { tokenizer: string; rows: { row: string; form: string; requests: number }[] }
    }
    assert.is(tokens.tokenizer, 'o200k_base')
    assert.equal(
      tokens.rows.filter(({ form }) => form === 'text').map(({ row, requests }) => `${row}: ${requests}`),
      ['sequential: 4', 'level-parallel: 2', 'batch, all results: 2', 'batch, chosen results: 2'],
    )
    const costs = stdout
      .slice(stdout.indexOf('\nway '))
      .split('\n')
      .flatMap((line) => /([\d,]+)$/.exec(line)?.[1]?.replace(',', '') ?? [])
      .map(Number)
    assert.equal(
      costs,
      [...costs].sort((a, b) => b - a),
      'what costs most comes first',
    )
    // The server answers with one text: there is no other form of a batch.
    assert.equal(
      tokens.rows.filter(({ form }) => form !== 'text').map(({ row }) => row),
      ['sequential', 'level-parallel'],
    )
  }))

test.run()
