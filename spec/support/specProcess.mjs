// Runs one spec file in a process group of its own and judges what came of it.
import { closeSync, openSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { killGroup, spawnGroup } from './processGroup.mjs'

const child = fileURLToPath(new URL('child.mjs', import.meta.url))

/** Answers `{ passed, failed, leftOut, problems, failures, output, seconds }`; `problems` and `failures`, a line each, are empty when all is well. */
export async function runSpecProcess({ script, base, cwd, limitSeconds }) {
  const started = performance.now()
  const { code, signal, timedOut } = await runGroup({ script, base, cwd, limitSeconds })
  const entries = parseLog(await readFile(`${base}.log`, 'utf8').catch(() => ''))
  const output = await readFile(`${base}.out`, 'utf8').catch(() => '')
  await Promise.all([rm(`${base}.log`, { force: true }), rm(`${base}.out`, { force: true })])
  return { ...judge(entries, { code, signal, timedOut, limitSeconds }), output, seconds: (performance.now() - started) / 1000 }
}

async function runGroup({ script, base, cwd, limitSeconds }) {
  const out = openSync(`${base}.out`, 'w')
  const args = ['--enable-source-maps', child, script, `${base}.log`]
  const { FORCE_COLOR: _, ...env } = process.env // what a spec prints lands in a file
  const running = spawnGroup(process.execPath, args, { cwd, env, stdio: ['ignore', out, out] })
  closeSync(out)
  let timedOut = false
  const limit = setTimeout(() => {
    timedOut = true
    killGroup(running)
  }, limitSeconds * 1000)
  const [code, signal] = await new Promise((resolve) => {
    running.on('exit', (...end) => resolve(end))
    running.on('error', (error) => resolve([error.message, null]))
  })
  clearTimeout(limit)
  killGroup(running) // what the spec started and did not wait for
  return { code, signal, timedOut }
}

// A process killed while it writes leaves half a line.
function parseLog(text) {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

function judge(entries, { code, signal, timedOut, limitSeconds }) {
  const of = (type) => entries.filter((entry) => entry.type === type)
  const [loaded] = of('loaded')
  const ended = of('end').length > 0
  const end = signal ?? `code ${code}`
  const last = of('begin').at(-1)
  const at = last ? ` The last test begun was "${titleOf(last)}".` : ''
  const problems = []
  const failures = failedTests(entries)

  if (timedOut) problems.push(`It was killed after ${limitSeconds} s; a comment \`// @limit N\` sets another limit.${ended ? '' : at}`)
  else if (!loaded) problems.push(`It could not be loaded: the process ended with ${end}.`)
  else if (!ended && code === 13) problems.push(`A test never settled, and nothing was left to wait for.${at}`)
  else if (!ended) problems.push(`The process ended with ${end} before its tests had.${at}`)
  else if (of('lingering').length > 0) problems.push(`It went on after its last test, held by: ${of('lingering')[0].resources.join(', ')}.`)
  else if (code !== 0) problems.push(`The process ended with ${end} after its tests had.`)

  for (const { name, tests } of loaded?.unrun ?? []) {
    problems.push(`${tests} test(s) of suite "${name}" never ran: its \`.run()\` is missing.`)
  }
  const queued = loaded?.queued ?? []
  const tests = total(queued, 'tests')
  const leftOut = total(queued, 'leftOut')
  if (loaded && tests + leftOut === 0 && problems.length === 0) problems.push('It has no test.')
  failures.push(...problems)

  // uvu tells of a suite when it has ended; what is known of one that never did comes from its tests.
  const unfinished = ended
    ? []
    : entries.slice(entries.findLastIndex(({ type }) => type === 'suite') + 1).filter(({ type }) => type === 'done')
  for (const { error } of unfinished) if (error !== undefined) problems.push(error)

  // Tests that were never reached count as failed; a fault that cost no test counts as one.
  const passed = total(of('suite'), 'passed') + unfinished.filter(({ error }) => error === undefined).length
  return { passed, failed: Math.max(tests - passed, problems.length > 0 ? 1 : 0), leftOut, problems, failures }
}

/** Each test that failed with the first line of why, and each hook: tests run one after another, so what ends is what began last. */
function failedTests(entries) {
  let begun
  const failed = []
  for (const entry of entries) {
    if (entry.type === 'begin') begun = entry
    else if (entry.type === 'done' && entry.error !== undefined) failed.push(`${titleOf(begun)}: ${entry.error.split('\n', 1)[0]}`)
    else if (entry.type === 'hook') failed.push(`a hook of "${entry.suite}"`)
  }
  return failed
}

const titleOf = ({ suite, title }) => [suite, title].filter(Boolean).join(': ')

const total = (rows, field) => rows.reduce((sum, row) => sum + row[field], 0)
