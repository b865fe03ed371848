import { spawn } from 'node:child_process'
import { setTimeout as after } from 'node:timers/promises'
import { aboutRun, type RunOrigin } from '../../journal/aboutRun.js'
import type { BatchEvent } from '../../model/event.js'
import type { CompiledPlan } from '../../model/graph.js'
import { liveRun } from './liveRun.js'
import { liveServer } from './liveServer.js'

/** The live page of a run of this process. */
export interface RunPage {
  readonly see: (event: BatchEvent) => void
  /** Waits for whoever looks at it to have all of it, a browser that is still starting included. */
  readonly close: () => Promise<void>
}

/** How long a browser may take to ask for the page of a run that is over already. */
const startMs = 5_000
const readMs = 3_000
const stepMs = 50

/** Serves the page of a run and opens it in the browser; its address is told on stderr, for where none can be opened. */
export async function runPage(plan: CompiledPlan, origin: RunOrigin): Promise<RunPage> {
  const shown = liveRun(aboutRun(plan, origin))
  const server = await liveServer(shown)
  process.stderr.write(`The run live: ${server.url}\n`)
  const opening = openInBrowser(server.url)
  return {
    see: shown.see,
    async close() {
      const opened = await opening
      for (let waited = 0; opened && !server.seen() && waited < startMs; waited += stepMs) await after(stepMs)
      await server.close(readMs)
    },
  }
}

/** Whether the program that opens addresses on this system could be started. */
function openInBrowser(url: string): Promise<boolean> {
  const [program, ...args] = openers[process.platform] ?? ['xdg-open']
  return new Promise((done) => {
    const opener = spawn(program!, [...args, url], { stdio: 'ignore', detached: true })
    opener.on('error', () => done(false)).on('spawn', () => done(true))
    opener.unref()
  })
}

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}
