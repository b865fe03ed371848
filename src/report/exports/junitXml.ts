// report/exports: the picture of a run in the forms of other programs, each a pure function of it.
import type { BatchEvent } from '../../model/event.js'
import { findingsOf } from '../findings/findings.js'
import { runTitle } from '../findings/wordsOf.js'
import { pictureOf, type ReportOptions } from '../pictureOf.js'
import type { PicturedOperation, RunPicture } from '../picture/picture.js'
import type { ReportAbout } from '../picture/reportAbout.js'
import { runMs } from '../picture/times.js'
import { leftOutWords } from './leftOutWords.js'
import { xmlAttribute, xmlText } from './xmlText.js'

/**
 * Converts a run to JUnit XML, which build servers show: a suite for each operation type, a case for each operation.
 *
 * An operation that failed and then succeeded is a flaky failure; earlier attempts of one that failed in the end are rerun failures. Only
 * operations that did not succeed have output. Skipped operations are skipped cases; those that were cancelled or did not end are errors.
 *
 * @example
 * ```ts
 * import { lastValueFrom, toArray } from 'rxjs'
 * import { operation, runBatch } from 'millrace'
 * import { junitXml } from 'millrace/report'
 * const events = await lastValueFrom(runBatch([operation('build', () => 7)]).pipe(toArray()))
 * junitXml(events).includes('<testcase name="build"') // => true
 * ```
 * @since 0.2.0
 */
export function junitXml(events: Iterable<BatchEvent>, about: ReportAbout = {}, options: ReportOptions = {}): string {
  return junitText(pictureOf(events, about, options))
}

export function junitText(picture: RunPicture): string {
  const { operations, lastAt, startedAt, leftOut } = picture
  const { counts, makespanMs } = findingsOf(picture)
  const suites = new Map<string, PicturedOperation[]>()
  for (const operation of operations) {
    const suite = suites.get(operation.type)
    if (suite === undefined) suites.set(operation.type, [operation])
    else suite.push(operation)
  }
  const errors = operations.filter(isError).length
  const head = attributes({ name: runTitle(picture), tests: operations.length, failures: counts.failed, errors, time: seconds(makespanMs) })
  const note = leftOut.bytes === 0 ? [] : [`<properties>${property('left-out', leftOutWords(picture))}</properties>`]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${head}>`,
    ...[...suites].flatMap(([type, members], index) => [
      suiteHead(type, members, startedAt, lastAt),
      ...(index === 0 ? note : []),
      ...members.map((member) => caseText(member, lastAt)),
      '</testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n')
}

function suiteHead(type: string, members: readonly PicturedOperation[], startedAt: number, lastAt: number): string {
  const start = members.reduce((first, { attempts }) => Math.min(first, attempts[0]?.startedAt ?? first), lastAt)
  return `<testsuite${attributes({
    name: type === '' ? 'not started' : type,
    tests: members.length,
    failures: members.filter(({ state }) => state === 'failed').length,
    errors: members.filter(isError).length,
    skipped: members.filter(({ state }) => state === 'skipped').length,
    time: seconds(members.reduce((sum, member) => sum + runMs(member, lastAt), 0)),
    timestamp: new Date(startedAt + start).toISOString().slice(0, 19),
  })}>`
}

/** Neither succeeded nor failed nor skipped. */
function isError({ state }: PicturedOperation): boolean {
  return state !== 'succeeded' && state !== 'failed' && state !== 'skipped'
}

function caseText(operation: PicturedOperation, lastAt: number): string {
  const { id, title, type, state, output } = operation
  const shown = state === 'succeeded' || state === 'skipped' ? undefined : output
  const parts = [
    ...endParts(operation),
    ...attemptParts(operation),
    ...(shown === undefined || shown.stdout === '' ? [] : [`<system-out>${xmlText(shown.stdout)}</system-out>`]),
    ...(shown === undefined || shown.stderr === '' ? [] : [`<system-err>${xmlText(shown.stderr)}</system-err>`]),
  ]
  const head = `<testcase${attributes({ name: title ?? id, classname: type, time: seconds(runMs(operation, lastAt)) })}`
  return parts.length === 0 ? `${head}/>` : `${head}>${parts.join('')}</testcase>`
}

function endParts({ state, error, note = '', because }: PicturedOperation): readonly string[] {
  switch (state) {
    case 'succeeded':
      return []
    case 'failed':
      return [problem('failure', error?.type ?? 'failed', error?.message ?? '')]
    case 'skipped':
      return [`<skipped${attributes({ message: because.length > 0 ? `${note}: ${because.join(', ')}` : note })}/>`]
    case 'cancelled':
      return [problem('error', 'cancelled', note)]
    case 'waiting':
    case 'ready':
    case 'running':
    case 'retrying':
      return [problem('error', 'did-not-end', `It had not ended when the events stop: ${state}.`)]
  }
}

/** Attempts that failed, but for the one whose failure is that of the operation. */
function attemptParts({ state, attempts }: PicturedOperation): readonly string[] {
  const kind = state === 'succeeded' ? 'flakyFailure' : 'rerunFailure'
  const told = state === 'failed' ? attempts.slice(0, -1) : attempts
  return told.flatMap(({ message }) => (message === undefined ? [] : [problem(kind, 'attempt-failed', message)]))
}

function problem(kind: string, type: string, message: string): string {
  const [first = ''] = message.split('\n')
  const text = xmlText(message)
  const body = kind === 'failure' || kind === 'error' ? text : `<stackTrace>${text}</stackTrace>`
  return `<${kind}${attributes({ message: first, type })}>${body}</${kind}>`
}

function property(name: string, value: string): string {
  return `<property${attributes({ name, value })}/>`
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join('')
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3)
}
