import { aboutRun, type RunOrigin } from '../../journal/aboutRun.js'
import { readHistory } from '../../journal/history/historyFile.js'
import type { BatchEvent } from '../../model/event.js'
import type { CompiledPlan } from '../../model/graph.js'
import { historyOfPlan } from '../../report/historyOfPlan.js'
import { pictureToBe } from '../../report/pictureOf.js'
import type { Output } from '../process/output.js'
import { wantsGithub, type ReportFlags } from './reportFlags.js'
import { writeForms } from './writeForms.js'

/** A run that is written in the forms its flags ask for, once it has ended. */
export interface ReportOfRun {
  readonly see: (event: BatchEvent) => void
  /** Tells the paths on stderr, since stdout has the result; answers whether all could be written. */
  readonly write: (root: string, stdout: Output) => Promise<boolean>
}

export function reportOfRun(plan: CompiledPlan, origin: RunOrigin, flags: ReportFlags & { readonly quiet?: true }): ReportOfRun {
  const { add, picture } = pictureToBe(aboutRun(plan, origin), flags)
  return {
    see: add,
    async write(root, stdout) {
      const ended = picture()
      // By now it is in the history itself.
      const { entries } = await readHistory(root)
      ended.history = historyOfPlan(
        entries.map(({ run }) => run),
        ended.runId,
      )
      const github = wantsGithub(flags, process.env)
      const tell = (line: string): void => void (flags.quiet || process.stderr.write(line))
      return writeForms(ended, { ...flags, ...(github && { github }) }, stdout, tell)
    },
  }
}
