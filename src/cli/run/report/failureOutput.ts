import type { ProgramOutput } from '../../../model/operationError.js'
import type { Paint } from '../../../terminal/text/paint.js'
import { count } from '../../../terminal/text/count.js'
import { visibleOutput } from '../../../terminal/text/visible.js'

/** The most lines of output in one report, and of each stream when many failed. */
const mostLines = 400
const fewestLines = 12

/** How many lines of each stream a report of so many can show. */
export function linesForEach(ended: readonly Partial<ProgramOutput>[]): number {
  const streams = ended.flatMap(({ stdout = '', stderr = '' }) => [stdout, stderr]).filter((text) => text.trim() !== '')
  return Math.max(fewestLines, Math.floor(mostLines / Math.max(1, streams.length)))
}

/** What a program that failed or was stopped wrote, for people: each stream under its name, its beginning and above all its end. */
export function outputLines({ stdout, stderr }: Partial<ProgramOutput>, most: number, paint: Paint): readonly string[] {
  return [...streamLines('stdout', stdout, most, paint), ...streamLines('stderr', stderr, most, paint)]
}

function streamLines(name: string, text: string | undefined, most: number, paint: Paint): readonly string[] {
  if (text === undefined || text.trim() === '') return []
  const all = text.replace(/\s+$/, '').split('\n')
  const head = all.length > most ? Math.floor(most / 5) : all.length
  const shown = [
    ...all.slice(0, head).map(visibleOutput),
    ...leftOut(all.length - most),
    ...all.slice(head + Math.max(0, all.length - most)).map(visibleOutput),
  ]
  return [`  ${name}:`, ...shown.map((line) => paint('faint', `  │ ${line}`))]
}

function leftOut(lines: number): readonly string[] {
  return lines > 0 ? [`[… ${count(lines, 'line')} left out: --json has them …]`] : []
}
