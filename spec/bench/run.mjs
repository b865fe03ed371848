// npm run bench -- [--quick] [--json] [WORD…]      every case whose name holds the words, beside the peers
// npm run bench -- --against REF [--quick] [WORD…] this working tree against a commit, pair by pair
// npm run bench -- --graphs DIR                    makespans of recorded graphs: DIR/*.json, each { ops: [{ id, runtime_ms, deps }] }
//
// Builds into .spec/bench, where nobody else builds meanwhile, and installs the peers there: neither the product's own packages nor
// its lock file know of them.
import { spawn } from 'node:child_process'
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../support/bundle.mjs'
import { transpile } from '../support/transpile.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const place = join(root, '.spec/bench')
const own = fileURLToPath(new URL('.', import.meta.url))

/** Builds `src` together with these benchmarks, which reach it as `../../src`. */
async function build(name, src) {
  const to = join(place, name)
  const faults = [
    ...(await transpile({ from: src, to: join(to, 'src') })),
    ...(await transpile({ from: own, to: join(to, 'spec/bench'), copyOthers: true, ownsOutput: () => true })),
    // Some start what specs start too, such as a Redis.
    ...(await transpile({ from: join(root, 'spec/support'), to: join(to, 'spec/support') })),
  ]
  if (faults.length > 0) throw new Error(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'))
  await copyFile(join(root, 'package.json'), join(to, 'package.json'))
  return join(to, 'spec/bench')
}

async function installPeers() {
  const names = ['package.json', 'package-lock.json']
  const texts = (folder) => Promise.all(names.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')))
  const [wanted, there] = [await texts(join(own, 'peers')), await texts(place)]
  if (wanted.join() === there.join()) return
  await mkdir(place, { recursive: true })
  await copyFile(join(own, 'peers/package.json'), join(place, 'package.json'))
  await copyFile(join(root, '.npmrc'), join(place, '.npmrc'))
  await copyFile(join(own, 'peers/package-lock.json'), join(place, 'package-lock.json'))
  process.stderr.write('installing the peers\n')
  const code = await ended(spawn('npm', ['ci'], { cwd: place, stdio: ['ignore', 'ignore', 'inherit'] }))
  // The copied lock file would say that they are there.
  if (code !== 0) await rm(join(place, 'package-lock.json'))
  if (code !== 0) throw new Error(`npm ci ended with ${code}: the peers are not installed.`)
}

/** The sources of a commit. */
async function sourcesOf(ref) {
  const to = join(place, 'sources')
  await rm(to, { recursive: true, force: true })
  await mkdir(to, { recursive: true })
  const archive = spawn('git', ['archive', '--format=tar', ref, 'src'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const unpack = spawn('tar', ['-x', '-C', to], { stdio: ['pipe', 'inherit', 'inherit'] })
  archive.stdout.pipe(unpack.stdin)
  const codes = await Promise.all([ended(archive), ended(unpack)])
  if (codes.some((code) => code !== 0)) throw new Error(`git archive knows no src in ${ref}.`)
  return join(to, 'src')
}

function ended(running) {
  return new Promise((resolve, reject) => running.on('error', reject).on('close', resolve))
}

async function main() {
  const args = process.argv.slice(2)
  const at = args.indexOf('--against')
  const ref = at === -1 ? undefined : args[at + 1]
  if (at !== -1 && ref === undefined) throw new Error('--against needs a commit: --against main')
  await installPeers()
  const scripts = await build('head', join(root, 'src'))
  await bundle({ root, dist: join(place, 'head/src') })
  const before = ref === undefined ? [] : ['--before', await build('before', await sourcesOf(ref))]
  const passed = args.filter((_, index) => at === -1 || (index !== at && index !== at + 1))
  process.exitCode = await ended(spawn(process.execPath, [join(scripts, 'main.js'), ...passed, ...before], { stdio: 'inherit' }))
}

await main().catch((error) => {
  console.error(error.message)
  process.exitCode = 2
})
