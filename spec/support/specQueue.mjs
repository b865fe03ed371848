// Runs spec files, two at once, and tells of each as it ends.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runSpecProcess } from './specProcess.mjs'

const atOnce = 2

/** Each item is `{ path, script, limitSeconds, fault }`: one with a fault fails without being run. Answers `{ passed, failed, failures }`. */
export async function runQueue(items, { root, print = console.log }) {
  const scratch = await mkdtemp(join(tmpdir(), 'millrace-spec-'))
  const totals = { passed: 0, failed: 0, failures: [] }
  const queue = [...items.entries()]
  const runNext = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, item] = next
      const result =
        item.fault === undefined ? await runSpecProcess({ ...item, base: join(scratch, String(index)), cwd: root }) : faulty(item)
      totals.passed += result.passed
      totals.failed += result.failed
      totals.failures.push(...failuresOf(item.path, result))
      printResult(item.path, result, print)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, runNext))
  await rm(scratch, { recursive: true, force: true })
  return totals
}

const faulty = ({ fault }) => ({ passed: 0, failed: 1, leftOut: 0, problems: [fault], failures: [fault], output: '', seconds: 0 })

/** Whatever failed in a file: it is named even when nothing of it is known. */
function failuresOf(path, { failed, failures }) {
  if (failed === 0) return []
  return failures.length === 0 ? [{ path }] : failures.map((what) => ({ path, what }))
}

function printResult(path, { passed, failed, leftOut, problems, output, seconds }, print) {
  const skipped = leftOut > 0 ? `, ${leftOut} left out by skip or only` : ''
  print(
    `${failed === 0 ? 'ok  ' : 'FAIL'} ${path}  ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}${skipped}  ${seconds.toFixed(1)} s`,
  )
  if (failed === 0) return
  for (const problem of problems) print(`     ${problem}`)
  if (output.trim() !== '') print(output.trimEnd())
}
