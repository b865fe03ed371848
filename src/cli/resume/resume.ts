// cli/resume: the commands that go on with an interrupted run, or do what failed in it again.
import { existsSync } from 'node:fs'
import { join, resolve as absolute } from 'node:path'
import type { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { describeResumeFault } from '../../journal/resume/describeResumeFault.js'
import { prepareResume } from '../../journal/resume/prepareResume.js'
import { readRunState } from '../../journal/resume/readRunState.js'
import type { ResumeChoices } from '../../journal/resume/resumeChoices.js'
import type { ResumeFault, ResumeKind } from '../../journal/resume/resumeFault.js'
import type { RunState } from '../../journal/resume/runState.js'
import { runToResume, wasInterrupted } from '../../journal/resume/runToResume.js'
import { loggedRuns } from '../../journal/retention.js'
import { runsFolderOf } from '../../journal/stateFolder.js'
import { endLeftPrograms } from '../../operations/group/endLeftPrograms.js'
import { count, listed } from '../../terminal/text/count.js'
import { visible } from '../../terminal/text/visible.js'
import { notFromStdin } from '../flags/configFlag.js'
import { inRoot } from '../flags/inRoot.js'
import { exitCodes } from '../process/exitCodes.js'
import { refuseUsage } from '../process/refuseUsage.js'
import type { TakenUp } from '../run/prepareRun.js'
import { run } from '../run/run.js'
import { withFilesFrom } from '../report/reportFlags.js'
import { dryRunText } from './dryRunText.js'
import { withView, type ResumeFlags } from './resumeFlags.js'
import { sameRun } from './sameRun.js'
import { withInputs } from './withInputs.js'

/** `millrace resume` and `millrace retry`. Answers the exit code. */
export async function resume(kind: ResumeKind, named: string | undefined, flags: ResumeFlags, command: Command): Promise<number> {
  if (flags.plan === '-') return refuseUsage(notFromStdin('--plan'))
  const typedIn = process.cwd()
  const root = absolute(flags.root ?? '.')
  const refuse = refusing(inRoot(flags.root))
  const folder = await folderOf(kind, named, root)
  if (folder._tag === 'Left') return refuseUsage(folder.left)
  const read = await readRunState(folder.right)
  if (read._tag === 'Left') return refuse([read.left])
  const state = read.right
  // Found while another process was going on with it, which has come to its end since.
  if (named === undefined && kind === 'resume' && !wasInterrupted(folder.right)) return refuseUsage(noneHere(kind))
  const plan = flags.plan === undefined ? state.about?.plan : absolute(flags.plan)
  if (state.about === undefined) return refuse([{ type: 'not-kept', runId: state.runId }])
  if (plan === undefined) return refuse([{ type: madeInCode(state) ? 'code' : 'no-plan', runId: state.runId }])
  const ran = state.about?.command
  // As it was run: what its flags and its plan name is named from there.
  if (ran?.folder !== undefined && existsSync(ran.folder)) process.chdir(ran.folder)
  const words = withInputs(ran?.words ?? [plan], flags.set)
  if (words._tag === 'Left') return refuseUsage(words.left)
  const same = await sameRun(command, words.right, plan)
  const own = process.cwd() === typedIn ? flags : withFilesFrom(flags, typedIn)
  return run(plan, withView(same.flags, own, root), same.command, takenUp(kind, state, flags, { words: same.words, typedIn, refuse }))
}

interface Given extends Pick<TakenUp, 'words' | 'typedIn'> {
  readonly refuse: (faults: readonly ResumeFault[]) => number
}

function takenUp(kind: ResumeKind, state: RunState, flags: ResumeFlags, { words, typedIn, refuse }: Given): TakenUp {
  return {
    words,
    typedIn,
    prepare(compiled) {
      const prepared = prepareResume(compiled, state, kind, choicesOf(flags))
      if (prepared._tag === 'Left') return E.left(refuse(prepared.left))
      const { decision, resumes, programs } = prepared.right
      if (flags.dryRun) {
        process.stdout.write(dryRunText(kind, state, decision, flags.json === true))
        return E.left(exitCodes.ok)
      }
      if (decision.gone.length > 0) process.stderr.write(`${visible(`No longer in the plan: ${listed(decision.gone.slice(0, 10))}.`)}\n`)
      if (!flags.quiet)
        process.stderr.write(
          `${kind === 'resume' ? 'Resuming' : 'Retrying'} the run ${state.runId}: ${count(decision.known.size, 'outcome')} reused, ${count(decision.left.length, 'operation')} left to run.\n`,
        )
      return E.right({ known: decision.known, resumes, begin: () => endLeftPrograms(programs) })
    },
  }
}

function choicesOf({ rerun = [], done = {}, from = [] }: ResumeFlags): ResumeChoices {
  const results = Object.fromEntries(Object.entries(done).map(([id, { value }]) => [id, value]))
  return { rerun: rerun.includes('all') ? 'all' : rerun, done: results, from }
}

async function folderOf(kind: ResumeKind, named: string | undefined, root: string): Promise<E.Either<string, string>> {
  if (named === undefined) {
    const folder = await runToResume(root, kind)
    if (folder !== undefined) return E.right(folder)
    return E.left(noneHere(kind))
  }
  const ids = (await loggedRuns(root)).map(({ runId }) => runId)
  // An empty word, such as of a variable that is not set, names nothing.
  const found = ids.includes(named) ? [named] : ids.filter((id) => named !== '' && id.startsWith(named))
  const [only] = found
  if (only !== undefined && found.length === 1) return E.right(join(runsFolderOf(root), only))
  if (only === undefined) return E.left(`no run here is called "${named}". "millrace history" lists those that have finished.`)
  return E.left(`"${named}" matches ${count(found.length, 'run')}: ${listed(found)}. Give more of the id.`)
}

function noneHere(kind: ResumeKind): string {
  const none = kind === 'resume' ? 'no run was interrupted here' : 'there are no runs here'
  return `${none}. Name the root of the run with --root, or a run by its id.`
}

function madeInCode({ about }: RunState): boolean {
  return about?.operations.some(({ type }) => type?.startsWith('code.')) === true
}

/** Tells why a run cannot be taken up; `where` is what a proposed command needs to find it. */
function refusing(where: string): Given['refuse'] {
  return (faults) => {
    const texts = faults.map((fault) => describeResumeFault(fault, 'command-line', where).split('\n').map(visible).join('\n  '))
    process.stderr.write(`${[...texts, `${count(faults.length, 'problem')}; nothing was done.`].join('\n')}\n`)
    return exitCodes.usage
  }
}
