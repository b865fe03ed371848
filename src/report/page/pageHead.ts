import { count } from '../../terminal/text/count.js'
import { duration } from '../../terminal/text/duration.js'
import type { Findings } from '../findings/findings.js'
import { boundText, figuresOf, runTitle, sentence } from '../findings/wordsOf.js'
import type { RunPicture } from '../picture/picture.js'
import { element, link, soft, type Child } from './dom.js'

const mostCauses = 8
const mostRunning = 8
const mostLines = 6

/** One word, six figures, and what there is to say before any detail. */
export function pageHead(picture: RunPicture, findings: Findings): readonly Child[] {
  const { verdict } = findings
  const { ending, notes, moreNotes } = picture
  const bound = boundText(picture, findings)
  return [
    element('h1', {}, runTitle(picture)),
    element('p', { class: `verdict ${verdict.replaceAll(' ', '-')}` }, sentence(verdict)),
    element('p', { class: 'soft meta' }, metaText(picture)),
    element(
      'dl',
      { class: 'figures' },
      figuresOf(picture, findings).map(({ name, value, detail, tone }) =>
        element('div', { class: tone }, element('dt', {}, name), element('dd', {}, element('b', {}, value), element('span', {}, detail))),
      ),
    ),
    [ending?.stopWords, bound, ...notes].map((text) =>
      text === undefined || text === '' ? undefined : element('p', { class: 'note' }, text),
    ),
    moreNotes > 0 && element('p', { class: 'note' }, `${count(moreNotes, 'more note')}: the event log has them.`),
  ]
}

function metaText({ startedAt, runId, plan, name, concurrency, lastAt, live }: RunPicture): string {
  return [
    new Date(startedAt).toLocaleString(),
    ...(plan !== undefined && name !== undefined ? [plan] : []),
    `run ${runId}`,
    `at most ${count(concurrency, 'slot')}`,
    ...(live ? [] : [`last event after ${duration(lastAt)}`]),
  ].join(' · ')
}

/** What failed by itself, the costliest first; of a run that did not end, what was running. */
export function causes(
  { operations, lastAt, ending, live }: RunPicture,
  { rootCauses }: Findings,
  open: (index: number) => void,
): readonly Child[] {
  const name = (index: number): Child => link(operations[index]!.title ?? operations[index]!.id, () => open(index))
  const failed = rootCauses.slice(0, mostCauses).map((index) => {
    const { type, error, blocked } = operations[index]!
    const lines = error?.message.trimEnd().split('\n') ?? []
    return element(
      'li',
      {},
      element(
        'p',
        {},
        name(index),
        element('span', { class: 'soft' }, ` ${type}`),
        blocked > 0 && element('span', { class: 'cost' }, `${count(blocked, 'operation')} skipped because of it`),
      ),
      element('pre', {}, lines.slice(0, mostLines).join('\n'), lines.length > mostLines && '\n…'),
    )
  })
  const more = rootCauses.length - failed.length
  const running = ending !== undefined || live ? [] : [...operations.keys()].filter((index) => operations[index]!.state === 'running')
  return [
    failed.length > 0
      ? [
          element('h2', {}, 'What failed'),
          element('ol', { class: 'causes' }, failed),
          more > 0 ? soft(`${count(more, 'more operation')} failed by themselves: the table has them.`) : undefined,
        ]
      : undefined,
    running.length > 0
      ? [
          element('h2', {}, 'What was running'),
          element(
            'p',
            {},
            `The events stop after ${duration(lastAt)}, before the run had ended. ${count(running.length, 'operation was', 'operations were')} running:`,
          ),
          element(
            'p',
            {},
            running.slice(0, mostRunning).map((index) => [name(index), ' ']),
            running.length > mostRunning ? `and ${count(running.length - mostRunning, 'more', 'more')}` : '',
          ),
        ]
      : undefined,
  ]
}
