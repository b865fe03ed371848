import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { commandToShow } from '../../../src/cli/run/report/commandToShow.js'
import { report } from '../../../src/cli/run/report/report.js'
import { addToDetails, reportDetails } from '../../../src/cli/run/report/reportDetails.js'
import type { BatchEvent } from '../../../src/index.js'
import { frame } from '../../../src/terminal/live/frame.js'
import { liveState, observe } from '../../../src/terminal/live/liveState.js'
import { plainLine } from '../../../src/terminal/live/plainLine.js'
import { unpainted } from '../../../src/terminal/text/paint.js'
import { widthOf } from '../../../src/terminal/text/width.js'
import { bigRun, interruptedAt } from './captures/bigRun.js'

const test = suite('what a run of 300 operations looks like')

const events = bigRun()
const show = commandToShow(undefined)
const moments = [100, 4_000, 12_000, interruptedAt + 100]

/** What stands on a terminal at each of the moments, and at the end. */
function captured(columns: number): readonly string[] {
  const state = liveState(0)
  const left = [...events]
  const frames = moments.flatMap((moment) => {
    while (left[0] !== undefined && left[0].at <= moment) observe(state, left.shift()!)
    state.stopping = moment > interruptedAt
    return [`-- after ${moment} ms, ${columns} columns`, ...frame(state, { columns, rows: 24 }, moment, unpainted, show), '']
  })
  return [...frames, `-- at the end, ${columns} columns`, ...reported(columns).trimEnd().split('\n')]
}

function reported(columns: number): string {
  const details = reportDetails()
  for (const event of events) addToDetails(details, event)
  const last = events.at(-1) as Extract<BatchEvent, { readonly type: 'run-finished' }>
  return report(last.summary, details, { paint: unpainted, output: true, show, columns })
}

/** Holds a text to the one that somebody has looked at. A new one is written beside the specs, to be looked at and copied. */
function holds(name: string, lines: readonly string[]): void {
  const text = `${lines.map((line) => line.trimEnd()).join('\n')}\n`
  const path = `spec/cli/run/captures/${name}.txt`
  let kept: string
  try {
    kept = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    kept = ''
  }
  if (text === kept) return
  mkdirSync('.spec/captures', { recursive: true })
  writeFileSync(`.spec/captures/${name}.txt`, text)
  assert.is(text, kept, `${path} is not what is shown now. Look at .spec/captures/${name}.txt; if it is meant, copy it there.`)
}

for (const columns of [40, 80, 120]) {
  test(`at ${columns} columns`, () => holds(String(columns), captured(columns)))

  test(`no line of the live list wraps at ${columns} columns`, () => {
    for (const line of captured(columns).slice(
      0,
      captured(columns).findIndex((line) => line.startsWith('-- at the end')),
    ))
      assert.ok(line.startsWith('-- ') || widthOf(line) < columns, line)
  })
}

test('as lines, where there is no terminal: what failed, was tried again or was skipped', () => {
  const lines = events.flatMap((event) => plainLine(event, unpainted, show) ?? [])
  holds(
    'lines',
    lines.filter((line) => !/^(ok|cancelled) /.test(line)),
  )
})

test('every failure names the command that shows the rest of it', () => {
  const failed = events.filter((event) => event.type === 'operation-failed')
  assert.is(failed.length, 5)
  for (const event of failed) {
    assert.match(plainLine(event, unpainted, show)!, /Details: millrace show 3f2a9c1b \S/)
    assert.ok(reported(200).includes(show(event.runId, event.id)))
  }
})

test.run()
