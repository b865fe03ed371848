// node build.mjs && node spec/docs/reportPictures.mjs: makes the pictures of docs/images that show a run in the browser, from real runs by
// the command line as it was built. Needs a Chromium.
import { build } from 'esbuild'
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const main = join(root, 'dist/cli/main.js')
const images = join(root, 'docs/images')

/** A release of a few packages, whose programs take real time. */
const packages = ['core', 'http', 'cli', 'docs', 'site']
const step = (id, ms, settings = {}, end = '') => ({
  id,
  type: 'shell.run',
  params: { command: ['node', '-e', `console.log(${JSON.stringify(id)}); setTimeout(() => { ${end} }, ${ms})`] },
  ...settings,
})
const plan = {
  name: 'release',
  concurrency: 4,
  operations: [
    step('install', 900),
    ...packages.flatMap((name, index) => [
      step(`build ${name}`, 500 + 260 * index, { dependencies: index === 0 ? ['install'] : ['install', 'build core'] }),
      name === 'site'
        ? step(`test ${name}`, 700, { dependencies: [`build ${name}`] }, `console.error('expected 200, received 503'); process.exit(1)`)
        : step(`test ${name}`, 400 + 300 * ((index * 2) % 5), { dependencies: [`build ${name}`] }),
    ]),
    step('lint', 1_300, { dependencies: ['install'] }),
    step('pack', 300, { dependencies: ['lint', ...packages.map((name) => `test ${name}`)] }),
    step('publish', 300, { dependencies: ['pack'] }),
  ],
}

const scratch = await mkdtemp(join(tmpdir(), 'millrace-pictures-'))
try {
  const module = join(scratch, 'browser.mjs')
  await build({ entryPoints: [join(root, 'spec/support/browser.ts')], outfile: module, bundle: true, platform: 'node', format: 'esm' })
  const { startBrowser } = await import(pathToFileURL(module).href)
  const browser = await startBrowser()
  await writeFile(join(scratch, 'plan.json'), JSON.stringify(plan))

  const running = millrace('run', 'plan.json', '--quiet')
  while ((await readdir(join(scratch, '.millrace/runs')).catch(() => [])).length === 0) await later(50)
  const watching = millrace('watch')
  const url = await new Promise((told) => watching.stdout.once('data', (text) => told(String(text).trim())))
  const live = await open(url, 1_100, 720)
  await live.until(`document.querySelectorAll('.state.succeeded').length >= 5`)
  await save(live, 'live.png')
  await new Promise((ended) => running.on('exit', ended))
  watching.kill('SIGINT')

  await new Promise((ended) => millrace('report', '--html', 'run.html').on('exit', ended))
  const report = await open(pathToFileURL(join(scratch, 'run.html')).href, 1_100, 1_300)
  await report.until('document.documentElement.dataset.drawn')
  await save(report, 'report.png')
  await browser.close()

  async function open(address, width, height) {
    const page = await browser.open('about:blank')
    await page.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })
    await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: 'light' }] })
    await page.send('Page.navigate', { url: address })
    return page
  }
} finally {
  await rm(scratch, { recursive: true, force: true })
}

async function save(page, name) {
  await writeFile(join(images, name), await page.screenshot())
  console.log(`docs/images/${name}`)
}

function millrace(...args) {
  return spawn(process.execPath, [main, ...args], { cwd: scratch, stdio: ['ignore', 'pipe', 'ignore'] })
}

function later(ms) {
  return new Promise((done) => setTimeout(done, ms))
}
