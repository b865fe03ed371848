// @needs chromium or chromium-browser or google-chrome
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startBrowser, type Browser } from '../../support/browser.js'
import { inFolder, millrace, node, start } from './millrace.js'

const test = suite('millrace watch')

let browser: Browser
test.before(async () => {
  browser = await startBrowser()
})
test.after(() => browser.close())

/** An operation that goes on until a file is there. */
const waits = (id: string, file: string, settings: object = {}): object =>
  node(
    id,
    `const look = () => require('fs').existsSync(${JSON.stringify(file)}) || setTimeout(look, 20); console.log('up'); look()`,
    settings,
  )

/** The address of a page, once all of it has been said. */
const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+(?=\n)/

test('shows a run of another process live, up to its end, without a complaint', () =>
  inFolder(
    { 'plan.json': { name: 'site', operations: [waits('build', 'go'), node('test', 'process.exit(3)', { dependencies: ['build'] })] } },
    async (cwd) => {
      const running = start(['run', 'plan.json', '--output', 'stream'], { cwd })
      await running.told('up')
      const watching = start(['watch'], { cwd })
      const page = await browser.open(await watching.told(address))
      await page.until(`document.title === 'site: running' && document.querySelector('.state.running')`)
      await writeFile(join(cwd, 'go'), '')
      assert.is((await running.ended).code, 1)
      await page.until(`document.title === 'site: failed'`)
      await page.until(`document.querySelector('.causes').textContent.includes('node exited with code 3.')`)
      assert.equal(page.said, [])
      assert.ok(page.requests.every((url) => url === 'about:blank' || url.startsWith('http://127.0.0.1:')))
      await page.close()
      watching.child.kill('SIGINT')
      assert.is((await watching.ended).code, 130)
    },
  ))

test('says what is wrong', () =>
  inFolder({ 'plan.json': { operations: [node('a', '')] } }, async (cwd) => {
    const none = await millrace(['watch'], { cwd })
    assert.is(none.code, 2)
    const unknown = await millrace(['watch', 'nosuch'], { cwd })
    assert.is(unknown.code, 2)
    assert.match(unknown.stderr, /nosuch/)
    const port = await millrace(['watch', '--port', 'x'], { cwd })
    assert.is(port.code, 2)
  }))

test('run --ui serves its own run, and waits for whoever looks at it to have its end', () =>
  inFolder({ 'plan.json': { name: 'site', operations: [waits('build', 'go')] } }, async (cwd) => {
    // No program of this name opens addresses here.
    const running = start(['run', 'plan.json', '--ui', '--json'], { cwd, env: { BROWSER: 'none', DISPLAY: '' } })
    const page = await browser.open(await running.told(address))
    await page.until(`document.title === 'site: running'`)
    await writeFile(join(cwd, 'go'), '')
    await page.until(`document.title === 'site: succeeded'`)
    const { code, stdout } = await running.ended
    assert.is(code, 0)
    assert.is((JSON.parse(stdout) as { readonly ok: boolean }).ok, true)
    await access(join(cwd, '.millrace'))
    assert.equal(page.said, [])
    await page.close()
  }))

test.run()
