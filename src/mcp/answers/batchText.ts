import { jsonText } from '../../operators/share/jsonText.js'
import type { BatchFacts, OperationFact, RootCauseFact } from './batchFacts.js'

/** The same facts as compact text. */
export function batchText(facts: BatchFacts): string {
  const { batchId, status, name, counts, makespanMs, stoppedBy, rollback, rootCauses, operations, omitted, hint } = facts
  const others = (['failed', 'skipped', 'cancelled'] as const).flatMap((kind) => (counts[kind] > 0 ? [`${counts[kind]} ${kind}`] : []))
  const head = [
    `${name === undefined ? 'Batch' : `Batch "${name}"`} ${batchId} ${status}`,
    `${counts.succeeded} of ${counts.total} operations succeeded${others.length > 0 ? `, ${others.join(', ')}` : ''}`,
    `${makespanMs} ms`,
    ...(stoppedBy === undefined ? [] : [`stopped: ${stoppedBy}`]),
  ].join('; ')
  return [
    `${head}.`,
    ...(rollback === undefined ? [] : [rollbackText(rollback)]),
    ...(rootCauses.length > 0 ? ['Failed:', ...rootCauses.map(causeText)] : []),
    ...(omitted !== undefined && omitted.rootCauses > 0 ? [`  and ${omitted.rootCauses} more that failed`] : []),
    ...(operations.length > 0 ? ['Outcomes:', ...operations.map(outcomeText)] : []),
    ...(omitted !== undefined && omitted.operations > 0 ? [`  and ${omitted.operations} more operations`] : []),
    ...(hint === undefined ? [] : [hint]),
  ].join('\n')
}

function rollbackText({ undone, failed, notUndoable }: NonNullable<BatchFacts['rollback']>): string {
  const left = [...failed, ...notUndoable]
  return `Rolled back: ${undone} undone${left.length > 0 ? `; still as they were left: ${left.join(', ')}` : ''}.`
}

function causeText({ id, name, error, message, blocked, detached }: RootCauseFact): string {
  const because = blocked === undefined ? '' : ` (${blocked} skipped because of it)`
  return `  ${id} (${name}) ${error}: ${message}${because}${detached ? ' (its work may still be going on)' : ''}`
}

function outcomeText({ id, outcome, value, preview, length, reason, because, attempts, recoveredFrom }: OperationFact): string {
  const tries = attempts === undefined ? '' : ` after ${attempts} attempts`
  const recovered = recoveredFrom === undefined ? '' : ` (its fallback, in place of: ${recoveredFrom})`
  const why = reason === undefined ? '' : `: ${reason}${because !== undefined && because.length > 0 ? ` (${because.join(', ')})` : ''}`
  const word = outcome === 'succeeded' ? 'ok' : outcome
  return `  ${id} ${word}${tries}${why}${recovered}${valueText(value, preview, length)}`
}

function valueText(value: unknown, preview: string | undefined, length: number | undefined): string {
  if (preview !== undefined) return ` (the first ${preview.length} of ${length} characters) ${preview}`
  return value === undefined ? '' : ` ${jsonText(value)}`
}
