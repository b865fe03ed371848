import { count, thousands } from '../../terminal/text/count.js'
import { duration } from '../../terminal/text/duration.js'
import { findingsOf } from '../findings/findings.js'
import { runTitle } from '../findings/wordsOf.js'
import type { RunPicture } from '../picture/picture.js'
import { button, element, replaceIn, soft } from './dom.js'
import { depthText, graphChart, statesIn } from './graphChart.js'
import { causes, pageHead } from './pageHead.js'
import { historyChart } from './historyChart.js'
import { hint } from './hint.js'
import { laneChart } from './laneChart.js'
import { loadChart } from './loadChart.js'
import { operationDialog } from './operationDialog.js'
import { operationsTable } from './operationsTable.js'
import { tableOnDemand } from './pagedTable.js'
import { timeWindow } from './timeWindow.js'

/** The whole page, which shows one picture after the other: one for a report, many for a live run. */
export interface PageView {
  readonly show: (picture: RunPicture) => void
}

const loadRows = 20

export function view(root: Element): PageView {
  let picture: RunPicture | undefined
  const dialog = operationDialog()
  const open = (index: number): void => dialog.open(index, picture!)
  const tip = hint()
  const window = timeWindow(() => {
    whole.hidden = window.whole
    load.redraw()
    lanes.redraw()
  })
  const whole = button('Show the whole run', () => window.show(), { hidden: true })
  const load = loadChart(window)
  const lanes = laneChart(window, open, tip)
  const table = operationsTable(open)
  const graph = graphChart((box) => {
    if (graph.graph().single) open(box.members[0]!)
    else table.choose(`${box.label}, ${depthText(box, graph.graph())}`, box.members)
  }, tip)

  const top = element('header')
  const failures = element('section', { id: 'causes' })
  const history = element('section', { id: 'history', hidden: true })
  const graphNote = soft()

  const loadTable = tableOnDemand(['From', 'To', '#Slots in use', '#Ready'], 'Slots in use and operations ready, over time', () => {
    const { from, to, running, ready } = load.load(loadRows)!
    const width = (to - from) / loadRows
    return Array.from(running, (value, part) => [
      duration(from + part * width),
      duration(from + (part + 1) * width),
      value.toFixed(1),
      ready[part]!.toFixed(1),
    ])
  })
  const laneTable = tableOnDemand(['Slot', '#Attempts', '#Failed', '#Busy', '#Share'], 'Slots', () =>
    lanes
      .lanes()
      .map(({ bars, busyMs, failed }, place) => [
        String(place + 1),
        thousands(bars.length),
        thousands(failed),
        duration(busyMs),
        `${Math.round((100 * busyMs) / Math.max(1e-9, picture!.lastAt))} %`,
      ]),
  )
  const graphTable = tableOnDemand(['Operations', 'Depth', '#Number', 'Ended', 'After'], 'The graph of the plan', () => {
    const folded = graph.graph()
    return folded.boxes.map((box, index) => [
      box.label,
      depthText(box, folded),
      thousands(box.members.length),
      statesIn(box, picture!)
        .map(([state, number]) => `${thousands(number)} ${state}`)
        .join(', '),
      folded.edges
        .filter(([, to]) => to === index)
        .map(([from]) => folded.boxes[from]!.label)
        .join(', '),
    ])
  })

  replaceIn(
    root,
    top,
    failures,
    element(
      'section',
      { id: 'time' },
      element('div', { class: 'head' }, element('h2', {}, 'Over time'), whole),
      element(
        'p',
        { class: 'soft' },
        'Slots in use against the limit, and operations that were ready and waited. Drag to zoom; keys + − ← → 0.',
      ),
      load.place,
      loadTable,
      element('h3', {}, 'Slots'),
      legend(),
      lanes.place,
      laneTable,
    ),
    element('section', { id: 'graph' }, element('h2', {}, 'Graph'), graphNote, graph.place, graphTable),
    history,
    table.place,
    dialog.place,
    tip.place,
  )

  return {
    show(shown) {
      const first = picture === undefined
      picture = shown
      const findings = findingsOf(picture)
      const title = runTitle(picture)
      document.title = `${title}: ${findings.verdict}`
      replaceIn(top, pageHead(picture, findings))
      replaceIn(failures, causes(picture, findings, open))
      window.extend(picture.lastAt)
      load.show(picture)
      load.describe(`Slots in use over ${duration(picture.lastAt)}, of at most ${picture.concurrency}.`)
      lanes.show(picture)
      lanes.describe(`${count(findings.attempts, 'attempt')} in ${count(picture.lanes, 'slot')}.`)
      graph.show(picture, findings)
      graph.describe(`${count(graph.graph().boxes.length, 'box', 'boxes')} for ${count(picture.operations.length, 'operation')}.`)
      replaceIn(
        graphNote,
        graphText(
          picture,
          graph.graph().single,
          findings.criticalPath !== undefined && 2 * findings.criticalPath.ms >= findings.makespanMs,
        ),
      )
      table.show(picture)
      if (first && picture.history !== undefined && picture.history.runs.length > 1) {
        const { runs, trend } = picture.history
        const bars = historyChart(picture.history)
        history.hidden = false
        replaceIn(
          history,
          element('h2', {}, 'Runs of this plan'),
          soft(trend),
          bars.place,
          tableOnDemand(['Run', 'Started', '#Duration', 'Ended'], 'Runs of this plan', () =>
            runs.map(({ runId, startedAt, makespanMs, ok }) => [
              runId,
              new Date(startedAt).toLocaleString(),
              duration(makespanMs),
              ok ? 'succeeded' : 'failed',
            ]),
          ),
        )
        bars.describe(`How long ${count(runs.length, 'run')} of this plan took. ${trend}`)
        bars.redraw()
      }
    },
  }
}

function graphText({ wiring, streamed }: RunPicture, single: boolean, outlined: boolean): string {
  if (wiring === undefined)
    return streamed ? 'A stream has no graph: a box is one type.' : 'The events do not contain the graph: a box is one operation type.'
  const path = outlined ? ' The critical path is outlined.' : ''
  return single ? `A box is an operation.${path}` : `A box is all operations of one type at one depth: click it to list them.${path}`
}

function legend(): HTMLElement {
  const entry = (kind: string, text: string): HTMLElement => element('span', { class: kind }, text)
  return element(
    'p',
    { class: 'legend' },
    entry('work', 'succeeded'),
    entry('bad', 'failed'),
    entry('warn', 'failed and tried again, or cancelled'),
    entry('accent', 'not ended'),
  )
}
