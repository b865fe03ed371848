// @needs chromium or chromium-browser or google-chrome
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findingsOf } from '../../src/report/findings/findings.js'
import { runTitle } from '../../src/report/findings/wordsOf.js'
import { htmlReport } from '../../src/report.js'
import { startBrowser, type Browser, type Page } from '../support/browser.js'
import { failed, hostile, hostileTexts, killed, large, streamed, succeeded } from './support/goldenRuns.js'
import { pictureIn } from './support/readPage.js'
import type { RecordedRun } from './support/simulatedRun.js'

const test = suite('the page of a run')

let browser: Browser
let folder: string

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-page-'))
  browser = await startBrowser()
})
test.after(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

async function inPage(name: string, html: string, body: (page: Page, url: string) => Promise<void>): Promise<void> {
  const file = join(folder, `${name}.html`)
  await writeFile(file, html)
  const url = pathToFileURL(file).href
  const page = await browser.open(url)
  await page.until(`document.documentElement.dataset.drawn`)
  await body(page, url)
  await page.close()
}

const text = (selector: string): string => `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.textContent)`

const golden: Readonly<Record<string, () => RecordedRun>> = { succeeded, failed, killed, streamed, hostile, large: () => large(10_000) }

for (const [name, recorded] of Object.entries(golden)) {
  test(`opens without a request or a complaint, and says what the events say: ${name}`, async () => {
    const { events, about } = recorded()
    const html = htmlReport(events, about)
    const picture = pictureIn(html)
    const findings = findingsOf(picture)
    await inPage(name, html, async (page, url) => {
      // Pages of this length are read as text by whoever asks for them.
      assert.is(await page.evaluate('document.title'), `${runTitle(picture)}: ${findings.verdict}`.replace(/\s+/g, ' ').trim())
      assert.ok(Number(await page.evaluate('document.querySelectorAll("*").length')) <= 400)
      const states = (await page.evaluate(text('.chips button'))) as readonly string[]
      const { operations } = picture
      assert.is(states[0], `All ${operations.length.toLocaleString('en')}`)
      for (const state of new Set(operations.map((operation) => operation.state))) {
        const number = operations.filter((operation) => operation.state === state).length
        assert.ok(states.includes(`${state} ${number.toLocaleString('en')}`), `${state} ${number} in ${states.join(', ')}`)
      }
      const rows = (await page.evaluate(text('#operations tbody td:nth-child(2)'))) as readonly string[]
      assert.is(rows.length, Math.min(15, operations.length))
      const names = new Set(operations.map(({ id, title }) => title ?? id))
      for (const row of rows) assert.ok(names.has(row), row)
      assert.equal(
        await page.evaluate('[...document.querySelectorAll("canvas")].map((canvas) => canvas.width > 100 && canvas.height > 10)'),
        [true, true, true],
      )
      assert.equal(
        page.requests.filter((one) => one !== url && one !== 'about:blank'),
        [],
      )
      assert.equal(page.said, [])
    })
  })
}

test('draws the whole graph of 100,000 operations', async () => {
  const { events, about } = large(100_000, 64)
  await inPage('huge', htmlReport(events, about), async (page) => {
    await page.evaluate('document.querySelector("#graph details").open = true')
    await page.until('document.querySelector("#graph tbody td")')
    const numbers = (await page.evaluate(text('#graph tbody td:nth-child(3)'))) as readonly string[]
    assert.is(
      numbers.reduce((sum, number) => sum + Number(number.replaceAll(',', '')), 0),
      100_000,
    )
    assert.ok(Number(await page.evaluate('document.querySelectorAll("*").length')) <= 450)
    assert.equal(page.said, [])
  })
})

test('filters by a box of the graph, by how operations ended and by words, and opens one', async () => {
  const { events, about } = large(1_000)
  await inPage('filters', htmlReport(events, about), async (page) => {
    const click = (x: number, y: number): Promise<unknown> =>
      page.evaluate(`(() => { const canvas = document.querySelector('#graph canvas'); const { left, top } = canvas.getBoundingClientRect()
        canvas.dispatchEvent(new MouseEvent('click', { clientX: left + ${x}, clientY: top + ${y}, bubbles: true })) })()`)
    await click(30, 20)
    assert.match(((await page.evaluate(text('.chips button'))) as readonly string[])[0]!, /^sim\.fetch, depth 0 ✕$/)
    assert.equal(await page.evaluate(text('#operations p')), ['200 operations of 1,000'])
    await page.evaluate(`[...document.querySelectorAll('.chips button')][0].click()`)
    await page.evaluate(
      `(() => { const search = document.querySelector('input'); search.value = 'PACK-62'; search.dispatchEvent(new Event('input')) })()`,
    )
    const found = (await page.evaluate(text('#operations tbody td:nth-child(2)'))) as readonly string[]
    assert.equal(new Set(found), new Set(events.flatMap((event) => ('id' in event && event.id.startsWith('pack-62') ? [event.id] : []))))
    await page.evaluate(`document.querySelector('#operations tbody button').click()`)
    assert.is(await page.evaluate('document.querySelector("dialog").open'), true)
    assert.equal(await page.evaluate(text('dialog h2')), [found[0]])
    await page.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27 })
    await page.until('!document.querySelector("dialog").open')
    assert.equal(page.said, [])
  })
})

test('shows the error, the attempts and the output of an operation as text', async () => {
  const { events, about } = hostile()
  await inPage('details', htmlReport(events, about), async (page) => {
    await page.evaluate(`document.querySelector('.causes .open').click()`)
    const shown = (await page.evaluate(text('dialog pre'))) as readonly string[]
    for (const one of hostileTexts)
      assert.ok(
        shown.some((pre) => pre.includes(one.replaceAll('\r\n', '\r\n'))),
        one,
      )
    assert.is(await page.evaluate('document.querySelectorAll("dialog img, dialog svg, dialog script").length'), 0)
    assert.not.match(String(await page.evaluate('document.title')), /^owned/)
    assert.equal(page.said, [])
  })
})

test('has every chart as a table, and everything within reach of the keyboard', async () => {
  const { events, about } = failed()
  await inPage('tables', htmlReport(events, about), async (page) => {
    await page.evaluate(`document.querySelectorAll('details').forEach((one) => (one.open = true))`)
    await page.until(`document.querySelectorAll('details tbody').length === 3`)
    assert.equal(await page.evaluate(text('#graph tbody td:first-child')), [
      'install',
      'lint',
      'types',
      'unit',
      'bundle',
      'e2e',
      'docs',
      'pack',
      'publish',
    ])
    assert.is(
      await page.evaluate(`[...document.querySelectorAll('canvas')].every((one) => one.getAttribute('aria-label') && one.tabIndex === 0)`),
      true,
    )
    assert.is(
      await page.evaluate(`[...document.querySelectorAll('table')].every((one) => one.caption && one.querySelector('th[scope=col]'))`),
      true,
    )
    const wide =
      await page.evaluate(`(() => { const canvas = document.querySelector('#time canvas'); canvas.dispatchEvent(new KeyboardEvent('keydown', { key: '+' }))
      return document.querySelector('#time .head button').hidden })()`)
    assert.is(wide, false)
  })
})

test.run()
