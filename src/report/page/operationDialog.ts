import { count } from '../../terminal/text/count.js'
import { duration } from '../../terminal/text/duration.js'
import { dependenciesOf } from '../graph/dependenciesOf.js'
import { sentence } from '../findings/wordsOf.js'
import { runMs, waitedMs } from '../picture/times.js'
import type { PicturedAttempt, PicturedOperation, RunPicture } from '../picture/picture.js'
import { button, element, link, replaceIn, soft, type Child } from './dom.js'

/** All that the page has of one operation, over the page. */
export interface OperationDialog {
  readonly place: HTMLElement
  readonly open: (index: number, picture: RunPicture) => void
}

const mostNamed = 12
const mostAttempts = 50

export function operationDialog(): OperationDialog {
  const content = element('div')
  const close = button('✕', () => place.close(), { class: 'close', 'aria-label': 'Close' })
  const place = element('dialog', { 'aria-labelledby': 'opened' }, close, content)
  // A click beside it closes it too.
  place.addEventListener('click', (event) => {
    if (event.target === place) place.close()
  })
  const open = (index: number, picture: RunPicture): void => {
    replaceIn(
      content,
      contentOf(index, picture, (other) => open(other, picture)),
    )
    if (!place.open) place.showModal()
    place.scrollTop = 0
  }
  return { place, open }
}

function contentOf(index: number, picture: RunPicture, open: (index: number) => void): readonly Child[] {
  const operation = picture.operations[index]!
  const { id, title, type, state, error, note, attempts, output } = operation
  const names = (operations: readonly number[]): Child => [
    operations.slice(0, mostNamed).map((other) => [link(picture.operations[other]!.id, () => open(other)), ' ']),
    operations.length > mostNamed ? `and ${count(operations.length - mostNamed, 'more', 'more')}` : '',
  ]
  const places = (ids: readonly string[]): readonly number[] =>
    ids.map((wanted) => picture.operations.findIndex((other) => other.id === wanted)).filter((place) => place >= 0)
  const dependencies = dependenciesOf(index, picture)
  return [
    element('p', { class: `state ${state}` }, state, state === 'running' || state === 'ready' ? ' when the events stop' : ''),
    element('h2', { id: 'opened' }, title ?? id),
    soft(title === undefined ? type : `${id} · ${type}`),
    note !== undefined && element('p', {}, `${sentence(note)}.`),
    element(
      'dl',
      {},
      figures(operation, picture).map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
    ),
    error && [element('h3', {}, `Error (${error.type})`), element('pre', {}, error.message)],
    operation.because.length > 0
      ? [element('h3', {}, 'Skipped because of'), element('p', {}, names(places(operation.because)))]
      : undefined,
    dependencies.length > 0 ? [element('h3', {}, 'Waited for, the last to end first'), element('p', {}, names(dependencies))] : undefined,
    attempts.length > 1 ? [element('h3', {}, 'Attempts'), attemptList(attempts)] : undefined,
    output && output.stdout !== '' ? [element('h3', {}, 'stdout'), element('pre', {}, output.stdout)] : undefined,
    output && output.stderr !== '' ? [element('h3', {}, 'stderr'), element('pre', {}, output.stderr)] : undefined,
  ]
}

function figures(operation: PicturedOperation, picture: RunPicture): readonly (readonly [string, Child])[] {
  const { readyAt, endedAt, attempts, weight, blocked, usage, detached, parent } = operation
  const { lastAt, operations } = picture
  const first = attempts[0]?.startedAt
  const later = (ms: number | undefined): Child => ms !== undefined && `${duration(ms)} into the run`
  const all: readonly (readonly [string, Child | false])[] = [
    ['Ready', later(readyAt)],
    ['Started', later(first)],
    ['Ended', later(endedAt) || 'it had not ended'],
    ['Took', first !== undefined && duration(runMs(operation, lastAt))],
    ['Waited for a slot', readyAt !== undefined && duration(waitedMs(operation, lastAt))],
    ['Attempts', attempts.length || undefined],
    ['Worker', attempts.at(-1)?.placed?.worker],
    ['Slots', weight !== 1 && String(weight)],
    ['Skipped because of it', blocked > 0 && count(blocked, 'operation')],
    ['Part of', parent !== undefined && operations[parent]?.id],
    ['Input tokens', usage?.inputTokens],
    ['Output tokens', usage?.outputTokens],
    ['Cost in USD', usage?.costUsd?.toFixed(4)],
    ['After its end', detached && 'possibly still running: it ignored the abort'],
  ]
  return all.filter(([, value]) => value !== undefined && value !== false)
}

function attemptList(attempts: readonly PicturedAttempt[]): Child {
  return element(
    'ol',
    {},
    attempts.slice(0, mostAttempts).map(({ startedAt, endedAt, message }) => {
      const took = endedAt === undefined ? 'had not ended' : duration(endedAt - startedAt)
      return element('li', {}, `${took}, from ${duration(startedAt)}`, message === undefined ? '' : `: ${message}`)
    }),
    attempts.length > mostAttempts ? element('li', {}, `and ${count(attempts.length - mostAttempts, 'more', 'more')}`) : undefined,
  )
}
