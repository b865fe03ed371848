import { quoteText } from '../../model/fault/quote.js'
import { shellWord } from '../../model/fault/shellWord.js'
import type { ResumeKind } from './resumeFault.js'

/** Who reads why a run cannot be resumed: each has another way to fix it. */
export type ResumeCaller = 'code' | 'command-line' | 'tool'

/** How a caller asks for what decides a fault. */
export interface ResumeWords {
  /** What runs are called, with the article. */
  readonly run: string
  readonly rerun: (id: string) => string
  readonly done: (id: string) => string
  /** The same with a result, which the reader fills in. */
  readonly doneWith: (id: string) => string
  readonly from: (id: string) => string
  readonly choice: (name: 'rerun' | 'done' | 'from') => string
  /** `more` is what follows a command of the command line. */
  readonly otherKind: (kind: ResumeKind, runId: string, more: string) => string
  /** Why its plan is not known, and how to give it. */
  readonly noPlan: string
  /** How to wait for a run that is still running. */
  readonly running: (runId: string, pid: number) => string
  readonly unknownRun: string
}

export const resumeWords: Readonly<Record<ResumeCaller, ResumeWords>> = {
  code: {
    run: 'The run',
    rerun: (id) => `rerun: [${quoteText(id)}]`,
    done: (id) => `done: { ${quoteText(id)}: undefined }`,
    doneWith: (id) => `done: { ${quoteText(id)}: result }`,
    from: (id) => `from: [${quoteText(id)}]`,
    choice: (name) => name,
    otherKind: (kind) => `use "${kind}"`,
    noPlan: 'the log names no file.\nGive the plan.',
    running: (_, pid) => `, in process ${pid}. Wait for it, or end that process first.`,
    unknownRun: '',
  },
  'command-line': {
    run: 'The run',
    rerun: (id) => `--rerun ${shellWord(id)}`,
    done: (id) => `--done ${shellWord(id)}`,
    doneWith: (id) => `--done ${shellWord(id)}=JSON`,
    from: (id) => `--from ${shellWord(id)}`,
    choice: (name) => `--${name}`,
    otherKind: (kind, runId, more) => `use "millrace ${kind} ${shellWord(runId)}${more}"`,
    noPlan: 'it came from stdin or from a program.\nName its file with --plan FILE.',
    running: (_, pid) => `, in process ${pid}. Wait for it, or end that process first.`,
    unknownRun: ' "millrace history" lists the runs that have finished.',
  },
  tool: {
    run: 'The batch',
    rerun: (id) => `"rerun":[${JSON.stringify(id)}]`,
    done: (id) => `"done":{${JSON.stringify(id)}:null}`,
    doneWith: (id) => `"done":{${JSON.stringify(id)}:RESULT}`,
    from: (id) => `"from":[${JSON.stringify(id)}]`,
    choice: (name) => name,
    otherKind: (kind, runId) => `send {"${kind}":${JSON.stringify(runId)}}`,
    noPlan:
      'an earlier server ran it, and a log does not store plans, because params can hold secrets.\nSend its operations again in the same call: {"retry":"b-…","operations":[…]}, or "resume".',
    running: (runId) =>
      `. Wait for it with batch_status {"batchId":${JSON.stringify(runId)},"waitMs":45000}, or stop it with batch_cancel.`,
    unknownRun: ' Use the id that batch_execute answered with.',
  },
}
