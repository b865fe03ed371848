import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'

const tries = 5

/** Runs the plans of `run.svg` and keeps their events, of the first one a run that had something running when it is shown. */
export async function record() {
  const { recordedPlans, recordingOf, recordingPath } = await import('../../../.spec/spec/docs/pictures/recordedRun.js')
  const { liveLines } = await import('../../../.spec/spec/docs/pictures/drawRun.js')
  for (const name of recordedPlans) {
    for (let left = tries; left > 0; left--) {
      const events = await eventsOf(resolve('docs/examples', `${name}.yaml`))
      await writeFile(recordingPath(name), recordingOf(name, events))
      const parsed = events
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
      if (name !== 'first-batch' || liveLines({ events: parsed }).some((line) => line.includes('•'))) break
      if (left === 1) throw new Error(`In none of ${tries} runs of ${name} an operation ran while another waited for its next attempt.`)
    }
    console.log(recordingPath(name))
  }
}

async function eventsOf(plan) {
  const root = await mkdtemp(join(tmpdir(), 'millrace-pictures-'))
  try {
    const main = resolve('dist/cli/main.js')
    const program = spawn(process.execPath, [main, 'run', plan, '--root', root, '--events'], { stdio: ['ignore', 'pipe', 'ignore'] })
    return await text(program.stdout)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}
