import type { BatchEvent } from '../../model/event.js'
import { count } from '../../terminal/text/count.js'
import { duration } from '../../terminal/text/duration.js'
import { findingsOf } from '../findings/findings.js'
import { boundText, figuresOf, runTitle, sentence } from '../findings/wordsOf.js'
import { pictureOf, type ReportOptions } from '../pictureOf.js'
import type { PicturedOperation, RunPicture } from '../picture/picture.js'
import type { ReportAbout } from '../picture/reportAbout.js'
import { runMs } from '../picture/times.js'
import { utf8Bytes } from '../picture/keptText.js'
import { leftOutWords } from './leftOutWords.js'

/** The summary of a step can have 1 MiB; a longer one is not shown at all. */
const mostBytes = 900_000
const mostCauses = 50
const mostRows = 200
const mostOutput = 4_000
/** Annotations of one kind that a step shows. */
const mostAnnotations = 10

/**
 * Converts a run to Markdown for the summary of a GitHub job: how it ended, what failed, with its output, and what took longest. At most
 * 900 kB; it says what it left out.
 *
 * @example
 * ```ts
 * import { lastValueFrom, toArray } from 'rxjs'
 * import { operation, runBatch } from 'millrace'
 * import { githubSummary } from 'millrace/report'
 * const events = await lastValueFrom(runBatch([operation('build', () => 7)]).pipe(toArray()))
 * githubSummary(events).startsWith('## ✅ ') // => true
 * ```
 * @since 0.2.0
 */
export function githubSummary(events: Iterable<BatchEvent>, about: ReportAbout = {}, options: ReportOptions = {}): string {
  return githubText(pictureOf(events, about, options))
}

export function githubText(picture: RunPicture): string {
  const findings = findingsOf(picture)
  const { operations } = picture
  const { verdict, rootCauses } = findings
  const sign = verdict === 'succeeded' ? '✅' : verdict === 'failed' ? '❌' : '⚠️'
  const facts = [
    picture.ending?.stopWords,
    boundText(picture, findings),
    ...picture.notes,
    leftOutWords(picture) && `Left out: ${leftOutWords(picture)}.`,
  ]
  const head = [
    `## ${sign} ${plain(runTitle(picture))}: ${verdict}`,
    '',
    `| ${figuresOf(picture, findings)
      .map(({ name }) => name)
      .join(' | ')} |`,
    '| --- | --- | --- | --- | --- | --- |',
    `| ${figuresOf(picture, findings)
      .map(({ value, detail }) => `**${value}** ${detail}`)
      .join(' | ')} |`,
    '',
    ...facts.flatMap((fact) => (fact === undefined || fact === '' ? [] : [plain(fact), ''])),
  ]
  const causes = rootCauses.slice(0, mostCauses).map((index) => causeText(operations[index]!))
  const hidden = rootCauses.length - causes.length
  const more = hidden > 0 ? [`${count(hidden, 'more operation')} failed by themselves.\n`] : []
  return within(mostBytes, [head.join('\n'), ...causes, ...more, tableText(picture)])
}

/** The parts that there is room for, the first first. */
function within(most: number, parts: readonly string[]): string {
  let left = most
  const kept = parts.filter((part) => {
    left -= utf8Bytes(part) + 1
    return left > 200
  })
  const lost = parts.length - kept.length
  return `${kept.join('\n')}\n${lost === 0 ? '' : `${count(lost, 'part')} of this summary left out, because of its size limit.\n`}`
}

function causeText({ id, title, type, error, blocked, output }: PicturedOperation): string {
  const cost = blocked === 0 ? '' : `, and ${count(blocked, 'operation was', 'operations were')} skipped because of it`
  const said = [error?.message ?? '', ...[output?.stdout, output?.stderr].map((text) => (text ?? '').slice(-mostOutput))].filter(
    (text) => text !== '',
  )
  return `<details open><summary><b>${plain(title ?? id)}</b> (${plain(type)}) failed${cost}</summary>\n\n${said.map(fenced).join('\n')}\n</details>\n`
}

function tableText({ operations, lastAt }: RunPicture): string {
  const longest = operations
    .map((operation) => ({ operation, ms: runMs(operation, lastAt) }))
    .filter(({ operation }) => operation.attempts.length > 0)
    .sort((a, b) => b.ms - a.ms)
  if (longest.length === 0) return ''
  const rows = longest
    .slice(0, mostRows)
    .map(
      ({ operation: { id, title, type, state, attempts }, ms }) =>
        `| ${plain(title ?? id)} | ${plain(type)} | ${state} | ${duration(ms)} | ${attempts.length} |`,
    )
  const title =
    longest.length > mostRows
      ? `The ${mostRows} longest of ${count(longest.length, 'operation')}`
      : sentence(count(longest.length, 'operation'))
  return `<details><summary>${title}</summary>\n\n| operation | type | ended | took | attempts |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n\n</details>`
}

/** Text of a run in Markdown: nothing in it is markup, a link or a new line. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`)
    .replace(/[\\`*_{}[\]()#+!|~$@]/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

/** As a block of code, whose fence is longer than any in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text.replace(/\n$/, '')}\n${fence}`
}

/** Error annotations, one line each: only of what failed by itself. */
export function githubAnnotations(picture: RunPicture): readonly string[] {
  const { operations } = picture
  const { rootCauses } = findingsOf(picture)
  const hidden = rootCauses.length - mostAnnotations
  const shown = rootCauses.slice(0, hidden > 0 ? mostAnnotations - 1 : mostAnnotations)
  const lines = shown.map((index) => {
    const { id, title, error } = operations[index]!
    return `::error title=${inProperty(`${title ?? id} failed`)}::${inMessage(error?.message ?? '')}`
  })
  const more = rootCauses.length - shown.length
  return more > 0 ? [...lines, `::error::${count(more, 'more operation')} failed by themselves.`] : lines
}

function inMessage(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}

function inProperty(text: string): string {
  return inMessage(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
}
