import { build } from 'esbuild'
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const main = resolve('dist/cli/main.js')

/** Makes the pictures that show a real run in a browser: live, and as a report. */
export async function photograph() {
  const { releasePlan, shown, stamped } = await import('../../../.spec/spec/docs/pictures/photographs.js')
  const scratch = await mkdtemp(join(tmpdir(), 'millrace-pictures-'))
  const millrace = (...args) => spawn(process.execPath, [main, ...args], { cwd: scratch, stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = (program) => new Promise((done) => program.on('exit', done))
  try {
    const module = join(scratch, 'browser.mjs')
    await build({ entryPoints: ['spec/support/browser.ts'], outfile: module, bundle: true, platform: 'node', format: 'esm' })
    const { startBrowser } = await import(pathToFileURL(module).href)
    const browser = await startBrowser()
    await writeFile(join(scratch, 'plan.json'), JSON.stringify(releasePlan))

    const running = ended(millrace('run', 'plan.json', '--quiet'))
    while ((await readdir(join(scratch, '.millrace/runs')).catch(() => [])).length === 0) await later(50)
    const watching = millrace('watch')
    const url = await new Promise((done) => watching.stdout.once('data', (text) => done(String(text).trim())))
    const live = await open(browser, url, 1_100, 720)
    await live.until(`document.querySelectorAll('.state.succeeded').length >= 5`)
    await save(live, 'live.png')
    await running
    watching.kill('SIGINT')

    await ended(millrace('report', '--html', 'run.html'))
    const report = await open(browser, pathToFileURL(join(scratch, 'run.html')).href, 1_100, 1_300)
    await report.until('document.documentElement.dataset.drawn')
    await save(report, 'report.png')
    await browser.close()
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }

  async function save(page, name) {
    const path = `docs/images/${name}`
    await writeFile(path, stamped(await page.screenshot(), shown()))
    console.log(path)
  }
}

async function open(browser, address, width, height) {
  const page = await browser.open('about:blank')
  await page.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })
  await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: 'light' }] })
  await page.send('Page.navigate', { url: address })
  return page
}

function later(ms) {
  return new Promise((done) => setTimeout(done, ms))
}
