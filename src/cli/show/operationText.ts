import type { TerminalEvent } from '../../model/event.js'
import { cancelWords, skipWords } from '../../terminal/live/plainLine.js'
import { quoted } from '../../terminal/output/outputShown.js'
import { count, listed } from '../../terminal/text/count.js'
import { duration } from '../../terminal/text/duration.js'
import type { Paint, Tone } from '../../terminal/text/paint.js'
import { visible, visibleOutput } from '../../terminal/text/visible.js'
import type { OperationDetails, ShownAttempt } from './operationDetails.js'
import type { ShownWaiting } from './waiting.js'

/** One operation of a past run, for people: how it ended, what it waited for, its attempts, and what it gave out. */
export function operationText(details: OperationDetails, waiting: ShownWaiting | undefined, paint: Paint): readonly string[] {
  const { end, stdout, stderr } = details
  return [
    ...headline(details, paint),
    ...(waiting === undefined ? [] : waitingLines(waiting)),
    ...partLines(details),
    ...(details.attempts.length > 1 || details.attempts[0]?.worker !== undefined ? details.attempts.map(attemptLine) : []),
    ...(end?.type === 'operation-succeeded' ? section('value', valueText(end.value), paint) : []),
    ...section('stdout', stdout.text().text, paint),
    ...section('stderr', stderr.text().text, paint),
  ]
}

function headline({ id, name, title, end }: OperationDetails, paint: Paint): readonly string[] {
  const type = `${title === undefined ? '' : ` ${visible(title)}`}${name === undefined ? '' : ` (${visible(name)})`}`
  if (end === undefined) return [`${paint('caution', `• ${visible(id)}`)}${type} had not ended where the log stops.`]
  const { sign, tone, words } = ending(end)
  const [first = '', ...rest] = words.split('\n')
  return [`${paint(tone, `${sign} ${visible(id)}`)}${type} ${visible(first)}`, ...rest.map((line) => `  ${visibleOutput(line)}`)]
}

function ending(end: TerminalEvent): { readonly sign: string; readonly tone: Tone; readonly words: string } {
  switch (end.type) {
    case 'operation-succeeded': {
      const notes = [
        ...(end.recoveredFrom === undefined ? [] : [`, with its fallback value, after: ${end.recoveredFrom.message}`]),
        ...(end.sharedWith === undefined ? [] : [`, sharing the result of ${end.sharedWith}`]),
        ...(end.reusedFrom === undefined ? [] : [`, with the result it had in the run ${end.reusedFrom}`]),
      ]
      return { sign: '✓', tone: 'good', words: `succeeded in ${duration(end.durationMs)}${notes.join('')}` }
    }
    case 'operation-failed':
      return { sign: '✗', tone: 'bad', words: `failed after ${duration(end.durationMs)}: ${end.error.message.trimEnd()}` }
    case 'operation-skipped':
      return { sign: '⊘', tone: 'caution', words: `was skipped: ${skipWords(end)}` }
    case 'operation-cancelled':
      return { sign: '⊘', tone: 'caution', words: `was cancelled: ${cancelWords(end.cause)}` }
  }
}

function waitingLines({ dependencies, forDependenciesMs, forSlotMs }: ShownWaiting): readonly string[] {
  const names = dependencies.map(visible)
  const last = names.length > 1 ? `, last for ${names[0]}` : ''
  const gates = names.length === 0 ? [] : [`${duration(forDependenciesMs)} for ${listed(names)}${last}`]
  const slot = forSlotMs === undefined ? [] : [`${duration(forSlotMs)} for a slot`]
  return gates.length + slot.length === 0 ? [] : [`  It waited ${[...gates, ...slot].join(', then ')}.`]
}

function partLines({ parts, failedParts }: OperationDetails): readonly string[] {
  if (parts.size === 0) return []
  const counts = [...parts].map(([type, number]) => `${number} ${type.slice('operation-'.length)}`)
  const failed = parts.get('operation-failed') ?? 0
  return [`  Its children: ${counts.join(', ')}${failed > 0 ? `: ${listed(failedParts.map(visible), failed)}` : ''}.`]
}

function attemptLine({ attempt, startedAt, worker, endedAt, error }: ShownAttempt): string {
  const time = endedAt === undefined ? 'not ended' : duration(endedAt - startedAt)
  const at = worker === undefined ? '' : ` at ${visible(worker)}`
  return `  Attempt ${attempt}${at}: ${time}${error === undefined ? '' : `, failed: ${visible(error.message.trimEnd().split('\n')[0]!)}`}`
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')
}

function section(title: string, text: string, paint: Paint): readonly string[] {
  if (text.trim() === '') return []
  const lines = text.replace(/\n$/, '').split('\n')
  return [`${title} (${count(lines.length, 'line')}):`, ...quoted(lines.map(visibleOutput), paint)]
}
