// npm run clients: coding agents from npm, each against a stand-in for its model on loopback, run one batch; then it is looked at what the
// agent gave its model. CLIENTS_DIR keeps the packages for the next time.
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { batchExecuteTool, toolHost } from '../../dist/mcp.js'
import { agents } from './agents.mjs'
import { answersAtTheLimit } from './answersAtTheLimit.mjs'
import { standInModel } from './endpoint.mjs'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'millrace-clients-'))
const packages = process.env.CLIENTS_DIR ?? join(folder, 'packages')
const project = join(folder, 'project')
const tries = 180_000
let failed = 0

try {
  await mkdir(packages, { recursive: true })
  await mkdir(project)
  const host = toolHost({ root: project })
  const perform = async (call) => (await batchExecuteTool.handler(call, { host })).content[0].text
  const answers = await answersAtTheLimit(project, perform)
  await host.close('the answers are known')
  const installed = new Map()
  for (const agent of agents) {
    if (!installed.has(agent.package)) installed.set(agent.package, await install(agent.package))
    const version = installed.get(agent.package)
    if (version instanceof Error) {
      failed++
      console.log(`${agent.name}: cannot be installed here: ${version.message}`)
      continue
    }
    for (const answer of answers) {
      const said = await triedWith(agent, answer).catch((error) => `not run: ${error.message}`)
      if (said !== undefined) failed++
      console.log(`${agent.name} ${version}: ${answer.what}: ${said ?? 'its model gets it whole'}`)
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
console.log(failed === 0 ? 'Each model gets an answer at the limit whole.' : `${failed} of the tries did not go well.`)
process.exitCode = failed === 0 ? 0 : 1

async function install(name) {
  await writeFile(join(packages, 'package.json'), '{"private":true}', { flag: 'wx' }).catch(() => undefined) // It may be there.
  const { code, output } = await ran('npm', ['install', '--no-audit', '--no-fund', name], { cwd: packages, limitMs: 600_000 })
  if (code !== 0) return new Error(output.trim().split('\n').slice(-3).join(' '))
  return JSON.parse(await readFile(join(packages, 'node_modules', name, 'package.json'), 'utf8')).version
}

/** What went wrong; undefined where the model got the whole answer. */
async function triedWith(agent, { args, text }) {
  const home = await mkdtemp(join(folder, 'home-'))
  const call = {
    args,
    claude: 'mcp__millrace__batch_execute',
    codex: { name: 'batch_execute', namespace: 'mcp__millrace' },
    gemini: 'mcp_millrace_batch_execute',
  }
  const code = `const { content } = await tools.mcp__millrace__batch_execute(${JSON.stringify(args)})\ntext(content[0].text)`
  const model = await standInModel({ call, ...(agent.codeMode && { code }) })
  try {
    const server = { command: process.execPath, args: [main, 'mcp', '--root', project] }
    const { args: flags, env } = await agent.prepare({ home, server, url: model.url })
    const bin = join(packages, 'node_modules/.bin', agent.bin)
    const { code: exit, output } = await ran(bin, flags, { cwd: project, env: { ...ownEnv(), HOME: home, ...env }, limitMs: tries })
    const given = model.given.at(-1)
    if (given === undefined) return `its model got no result (exit ${exit}): ${output.trim().slice(-400)}`
    return given.includes(text)
      ? undefined
      : `its model got ${given.length} characters, not the ${text.length} of the answer: ${cutOf(given)}`
  } finally {
    await model.close()
  }
}

/** How a text that was cut says so. */
function cutOf(given) {
  const said = /^.{0,80}(?:truncat|omitted|saved to|exceeds).{0,80}$/im.exec(given)?.[0]
  return JSON.stringify(said ?? given.slice(0, 160))
}

/** No keys and settings of whoever runs this. */
function ownEnv() {
  const { PATH, TMPDIR, LANG } = process.env
  return { PATH, ...(TMPDIR && { TMPDIR }), ...(LANG && { LANG }) }
}

function ran(command, args, { cwd, env = process.env, limitMs }) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), limitMs)
    child.on('error', fail)
    child.on('close', (code) => (clearTimeout(timer), done({ code, output })))
  })
}
