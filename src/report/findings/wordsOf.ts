import { count, thousands } from '../../terminal/text/count.js'
import { duration } from '../../terminal/text/duration.js'
import type { RunPicture } from '../picture/picture.js'
import type { Findings } from './findings.js'

/** With a capital. */
export function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** What people call a run: the name in its plan, else the file. */
export function runTitle({ name, plan, runId }: RunPicture): string {
  return name ?? plan?.split(/[/\\]/).at(-1) ?? `Run ${runId.slice(0, 8)}`
}

export interface ReportFigure {
  readonly name: string
  readonly value: string
  readonly detail: string
  readonly tone?: 'bad' | 'warn'
}

/** The six figures of a run. */
export function figuresOf(picture: RunPicture, findings: Findings): readonly ReportFigure[] {
  const { counts, makespanMs, retries, attempts, slotMs } = findings
  const { concurrency } = picture
  const notRun = counts.skipped + counts.cancelled
  const mean = makespanMs > 0 ? slotMs / makespanMs : 0
  return [
    { name: picture.live ? 'So far' : 'Duration', value: duration(makespanMs), detail: 'first start to last end' },
    { name: 'Succeeded', value: thousands(counts.succeeded), detail: `of ${count(counts.total, 'operation')}` },
    {
      name: 'Failed',
      value: thousands(counts.failed),
      detail:
        counts.failed === 0
          ? 'none'
          : `${thousands(findings.rootCauses.length)} by ${findings.rootCauses.length === 1 ? 'itself' : 'themselves'}`,
      ...(counts.failed > 0 && { tone: 'bad' as const }),
    },
    {
      name: counts.unended > 0 ? 'Not ended' : 'Not run',
      value: thousands(counts.unended > 0 ? counts.unended : notRun),
      detail:
        counts.unended > 0 && notRun > 0
          ? `and ${thousands(notRun)} not run`
          : `${thousands(counts.skipped)} skipped, ${thousands(counts.cancelled)} cancelled`,
      ...((counts.unended > 0 || notRun > 0) && { tone: 'warn' as const }),
    },
    {
      name: 'Retries',
      value: thousands(retries),
      detail: `of ${count(attempts, 'attempt')}`,
      ...(retries > 0 && { tone: 'warn' as const }),
    },
    {
      name: 'Slots in use',
      value: mean.toFixed(1),
      detail: `of ${thousands(concurrency)} on average${concurrency > 0 ? ` (${Math.round((100 * mean) / concurrency)} %)` : ''}`,
    },
  ]
}

/** What kept the run from being faster; empty where that is not known. */
export function boundText({ concurrency }: RunPicture, { bound, makespanMs, criticalPath }: Findings): string {
  if (bound === undefined || criticalPath === undefined) return ''
  const share = `${Math.round(100 * bound.share)} % of the ${duration(makespanMs)} it took`
  return bound.by === 'dependencies'
    ? `Bound by dependencies: the critical path of ${count(criticalPath.operations.length, 'operation')} takes ${duration(bound.ms)}, ${share}.`
    : `Bound by slots: its work fills ${count(concurrency, 'slot')} for ${duration(bound.ms)}, ${share}.`
}
