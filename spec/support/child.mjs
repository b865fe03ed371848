// The process of one spec file: loads it, runs its suites with uvu, and logs each step to a file as it happens, so that
// whatever ends this process early, what it was doing is known.
import { openSync, writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'

globalThis.UVU_DEFER = 1
globalThis.UVU_QUEUE = [[null]]

// A handle still open this long after the last test is a leak, and the process would never end by itself.
const lingerMs = 20_000
const { setTimeout } = globalThis

const [specPath, logPath] = process.argv.slice(2)
const logFile = openSync(logPath, 'a')
const log = (entry) => writeSync(logFile, `${JSON.stringify(entry)}\n`)

const { queued, unrun, watcher } = await import('./uvu.mjs')
watcher.onBegin = (suite, title) => log({ type: 'begin', suite, title })
watcher.onHookFailure = (suite, error) => {
  log({ type: 'hook', suite })
  console.log(`\n  A hook of "${suite}" failed:`, error)
}
watcher.onEnd = (error) => log({ type: 'done', error: error === undefined ? undefined : inspect(error) })

await import(pathToFileURL(specPath).href)

log({ type: 'loaded', queued, unrun: unrun() })

for (const run of globalThis.UVU_QUEUE.flat().filter(Boolean)) {
  // A suite whose hook fails ends there, and its tests count as failed; why has been printed by then.
  const [errors, passed] = await run().catch(() => [true, 0])
  log({ type: 'suite', passed })
  if (typeof errors === 'string') process.stdout.write(`\n${errors}\n`)
}
log({ type: 'end' })

setTimeout(() => {
  log({ type: 'lingering', resources: process.getActiveResourcesInfo() })
  process.exit(1)
}, lingerMs).unref()
