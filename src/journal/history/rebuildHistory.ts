import { join } from 'node:path'
import { runRecorder } from '../../monitor/history/runRecorder.js'
import type { RunRecord } from '../../monitor/history/runRecord.js'
import { graphOf, readAboutRun, type AboutRun } from '../aboutRun.js'
import { LogDamageError } from '../log/logDamage.js'
import type { RanCommand } from '../ranCommand.js'
import { readRun } from '../readRun.js'
import { loggedRuns } from '../retention.js'
import { runsFolderOf } from '../stateFolder.js'
import { givenAdvice } from './givenAdvice.js'
import type { HistoryEntry } from './historyEntry.js'
import { entryBehind } from './historyEntryOf.js'
import { readHistory, replaceHistory } from './historyFile.js'

/** What the logs of a root came to. */
export interface Rebuilt {
  /** Lines made again from logs. */
  readonly fromLogs: number
  /** Lines that stayed as they were: their logs are gone, or do not say enough. */
  readonly kept: number
  /** Logs that end before their run did: it goes on, or was killed. */
  readonly unfinished: readonly string[]
  /** Logs that code wrote, which say nothing of their plan. */
  readonly withoutPlan: readonly string[]
  /** Damaged logs, in words. */
  readonly damaged: readonly string[]
}

interface FromLog {
  readonly run: RunRecord
  readonly plan: string | undefined
  readonly command: RanCommand | undefined
}

/** Makes the history again from the event logs of a root; lines whose logs are gone stay, and so does what no log has: the CPU time. */
export async function rebuildHistory(root: string): Promise<Rebuilt> {
  const { entries } = await readHistory(root)
  const made: FromLog[] = []
  const unfinished: string[] = []
  const withoutPlan: string[] = []
  const damaged: string[] = []
  for (const { runId } of await loggedRuns(root)) {
    const folder = join(runsFolderOf(root), runId)
    const about = readAboutRun(folder)
    if (about === undefined) {
      withoutPlan.push(runId)
      continue
    }
    const run = await recordFrom(folder, about)
    if (run === undefined) unfinished.push(runId)
    else if (run instanceof LogDamageError) damaged.push(run.message)
    else made.push({ run: { ...run, ...measuredOf(entries, runId) }, plan: about.plan, command: about.command })
  }
  const again = new Set(made.map(({ run }) => run.runId))
  const kept = entries.filter(({ run }) => !again.has(run.runId))
  const before = givenAdvice()
  const rebuilt = [...kept, ...made]
    .sort((a, b) => a.run.finishedAt - b.run.finishedAt)
    .map((line) => {
      const entry: HistoryEntry = 'advice' in line ? line : entryBehind(before, line.run, line.plan, line.command)
      before.add(entry)
      return entry
    })
  await replaceHistory(root, rebuilt)
  return { fromLogs: made.length, kept: kept.length, unfinished, withoutPlan, damaged }
}

/** What the line of a run says that was measured while it ran and stands in no log. */
function measuredOf(entries: readonly HistoryEntry[], runId: string): Pick<RunRecord, 'cpuMs'> {
  const cpuMs = entries.find(({ run }) => run.runId === runId)?.run.cpuMs
  return cpuMs === undefined ? {} : { cpuMs }
}

async function recordFrom(folder: string, about: AboutRun): Promise<RunRecord | LogDamageError | undefined> {
  const { shape, cpus, nodeMajor } = about
  const recorder = runRecorder({ shape, cpus, nodeMajor, graph: graphOf(about) })
  try {
    for await (const event of readRun(folder)) recorder.observe(event)
  } catch (error) {
    if (error instanceof LogDamageError) return error
    throw error
  }
  return recorder.record()
}
