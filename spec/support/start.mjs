// npm start: installs and builds what is missing, then runs a plan. Without arguments that is the first example, in a new
// folder; `npm start -- plan.yaml [flags]` runs any plan, in the folder npm was called from.
import { spawn } from 'node:child_process'
import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../../build.mjs'
import { ensureInstalled } from './install.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const [plan, ...flags] = process.argv.slice(2)

try {
  if (await ensureInstalled(root)) console.error('installed')
  await build()
  process.exitCode = await (plan === undefined || plan.startsWith('-') ? runExample(process.argv.slice(2)) : runPlan(plan, flags))
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}

async function runExample(flags) {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-'))
  const code = await millrace(['run', join(root, 'docs/examples/first-batch.yaml'), '--root', folder, ...flags], root)
  const files = (await readdir(folder, { recursive: true })).sort()
  console.error(`\nWhat it wrote is in ${folder}:\n${files.map((file) => `  ${file}`).join('\n')}`)
  return code
}

function runPlan(plan, flags) {
  return millrace(['run', plan, ...flags], process.env.INIT_CWD ?? process.cwd())
}

function millrace(args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'dist/cli/main.js'), ...args], { cwd, stdio: 'inherit' })
    // Ctrl-C reaches the child as well, which ends in good order; this process waits for it.
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal))
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)))
  })
}
