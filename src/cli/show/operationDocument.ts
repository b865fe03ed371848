import type { TerminalEvent } from '../../model/event.js'
import type { OperationDetails } from './operationDetails.js'
import type { ShownWaiting } from './waiting.js'

/** One operation of a past run, for programs: its end as in the event, its attempts, and both streams. */
export function operationDocument(runId: string, details: OperationDetails, waiting: ShownWaiting | undefined): object {
  const { id, name, end, attempts, parts } = details
  const [stdout, stderr] = [details.stdout.text(), details.stderr.text()]
  return {
    runId,
    id,
    ...(name !== undefined && { name }),
    ...(end === undefined ? { outcome: 'unfinished' } : outcomeOf(end)),
    attempts: attempts.map(({ startedAt, endedAt, ...attempt }) => ({
      ...attempt,
      startedAt,
      ...(endedAt !== undefined && { durationMs: endedAt - startedAt }),
    })),
    ...(waiting && { waiting }),
    ...(parts.size > 0 && { parts: Object.fromEntries([...parts].map(([part, number]) => [part.slice('operation-'.length), number])) }),
    stdout: stdout.text,
    stderr: stderr.text,
    ...(stdout.omitted + stderr.omitted > 0 && { omitted: { stdout: stdout.omitted, stderr: stderr.omitted } }),
  }
}

function outcomeOf({ type, seq: _seq, at: _at, runId: _runId, id: _id, ...rest }: TerminalEvent): object {
  return { outcome: type.slice('operation-'.length), ...rest }
}
