// @needs xmllint
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { junitXml } from '../../../src/report.js'
import { failed, hostile, hostileTexts, interrupted, killed, large, streamed, succeeded } from '../support/goldenRuns.js'
import { simulatedRun } from '../support/simulatedRun.js'

const test = suite('junitXml')

const xsd = fileURLToPath(new URL('../support/junit.xsd', import.meta.url))

async function xmllint(xml: string, ...args: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-junit-'))
  try {
    await writeFile(join(folder, 'junit.xml'), xml)
    const { stdout } = await promisify(execFile)('xmllint', [...args, join(folder, 'junit.xml')], { maxBuffer: 64 * 1024 * 1024 })
    return stdout
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const valid = (xml: string): Promise<string> => xmllint(xml, '--noout', '--nonet', '--schema', xsd)
const found = async (xml: string, path: string): Promise<string> => (await xmllint(xml, '--xpath', path)).trim()

for (const [name, recorded] of Object.entries({ succeeded, failed, interrupted, killed, streamed, hostile, large: () => large(2_000) })) {
  test(`is of the form that build servers read: ${name}`, async () => {
    const { events, about } = recorded()
    await valid(junitXml(events, about))
  })
}

test('is that of every beginning of a log', async () => {
  const { events, about } = failed()
  for (let length = 0; length <= events.length; length += 3) await valid(junitXml(events.slice(0, length), about))
})

test('has the counts of the run, a suite for each type', async () => {
  const { events, about } = failed()
  const xml = junitXml(events, about)
  assert.is(await found(xml, 'string(/testsuites/@tests)'), '9')
  assert.is(await found(xml, 'count(//failure)'), '1')
  assert.is(await found(xml, 'count(//skipped)'), '2')
  assert.is(await found(xml, 'string(//testcase[@name="e2e"]/failure/@message)'), 'Error: Expected the title to be "Home", received "404".')
  assert.is(await found(xml, 'string(//testcase[@name="publish"]/skipped/@message)'), 'an operation it depends on failed: e2e')
  assert.is(await found(xml, 'count(/testsuites/testsuite)'), '3')
  assert.is(await found(xml, 'string(//testsuite[@name="sim.test"]/@failures)'), '1')
})

test('tells flaky operations from those that failed each time, and output only of what did not succeed', async () => {
  const { events, about } = simulatedRun({
    operations: [
      { id: 'flaky', type: 'sim.a', params: { ms: 1, fails: 2, says: ['quiet'] }, retry: 3 },
      { id: 'never', type: 'sim.a', params: { ms: 1, fails: 9, says: ['loud'] }, retry: 3 },
      { id: 'fallback', type: 'sim.a', params: { ms: 1, fails: 9 }, fallback: { value: 1 } },
    ],
  })
  const xml = junitXml(events, about)
  await valid(xml)
  assert.is(await found(xml, 'count(//testcase[@name="flaky"]/flakyFailure)'), '2')
  assert.is(await found(xml, 'count(//testcase[@name="flaky"]/system-out)'), '0')
  assert.is(await found(xml, 'count(//testcase[@name="never"]/rerunFailure)'), '2')
  assert.is(await found(xml, 'count(//testcase[@name="never"]/failure)'), '1')
  assert.is(await found(xml, 'string(//testcase[@name="never"]/system-out)'), 'loudloudloud')
  assert.is(await found(xml, 'count(//testcase[@name="fallback"]/failure)'), '0')
})

test('keeps every character that XML can hold, and puts another in the place of the rest', async () => {
  const text = 'tab\t line\n return\r nul\u0000 bell\u0007 escape\u001b half\ud800 noncharacter\uffff emoji\ud83d\ude00 ]]> &amp; <b>'
  const recorded = simulatedRun({ operations: [{ id: 'a', type: 'sim.a', params: { ms: 1, fails: 1 } }] })
  const { about } = recorded
  const events = recorded.events.map((event) =>
    event.type === 'operation-failed' ? { ...event, error: { ...event.error, message: text } } : event,
  )
  const xml = junitXml(events, about)
  await valid(xml)
  const kept = 'tab\t line\n return\r nul\ufffd bell\ufffd escape\ufffd half\ufffd noncharacter\ufffd emoji\ud83d\ude00 ]]> &amp; <b>'
  assert.is(await found(xml, 'string(//failure)'), kept)
})

test('takes hostile texts for text', async () => {
  const { events, about } = hostile()
  const xml = junitXml(events, about)
  assert.is(await found(xml, 'count(//*[local-name()="script" or local-name()="img"])'), '0')
  assert.ok((await found(xml, 'string(//failure)')).includes(hostileTexts[0]!))
})

test('says what output it left out', async () => {
  const { events, about } = simulatedRun({
    operations: [{ id: 'a', type: 'sim.a', params: { ms: 1, fails: 1, says: ['x'.repeat(50_000)] } }],
  })
  const xml = junitXml(events, about)
  await valid(xml)
  assert.match(
    await found(xml, 'string(//property[@name="left-out"]/@value)'),
    /^[\d,]+ bytes of the output of 1 operation: --all keeps them/,
  )
  assert.ok((await found(xml, 'string(//system-out)')).length <= 16_000)
  assert.is((await found(junitXml(events, about, { all: true }), 'string(//system-out)')).length, 50_000)
})

test.run()
