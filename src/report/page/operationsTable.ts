import { count, thousands } from '../../terminal/text/count.js'
import { duration } from '../../terminal/text/duration.js'
import { runMs, waitedMs } from '../picture/times.js'
import type { PicturedOperation, PicturedState, RunPicture } from '../picture/picture.js'
import { stateOrder } from './colourOf.js'
import { button, element, link, replaceIn, type Child } from './dom.js'
import { pagedTable } from './pagedTable.js'

/** Every operation of the run: searched, filtered by how it ended or by a box of the graph, sorted. */
export interface OperationsTable {
  readonly place: HTMLElement
  readonly show: (picture: RunPicture) => void
  /** Shows only these; the name says what they are. */
  readonly choose: (name: string, members: readonly number[]) => void
}

interface OperationColumn {
  readonly title: string
  readonly kind?: string
  /** What it is sorted by; undefined stands last. */
  readonly value: (operation: PicturedOperation, lastAt: number) => number | string | undefined
  readonly cell?: (operation: PicturedOperation) => Child
}

const pageRows = 15

const columns: readonly OperationColumn[] = [
  {
    title: 'State',
    value: ({ state }) => stateOrder.indexOf(state),
    cell: ({ state }) => element('span', { class: `state ${state}` }, state),
  },
  { title: 'Operation', kind: 'wide', value: nameOf },
  { title: 'Type', kind: 'minor', value: ({ type }) => type },
  { title: 'Started', kind: 'number minor', value: ({ attempts: [first] }) => first?.startedAt },
  { title: 'Took', kind: 'number', value: (operation, lastAt) => operation.attempts[0] && runMs(operation, lastAt) },
  { title: 'Waited', kind: 'number minor', value: (operation, lastAt) => operation.readyAt && waitedMs(operation, lastAt) },
  { title: 'Attempts', kind: 'number minor', value: ({ attempts }) => attempts.length, cell: ({ attempts }) => attempts.length },
]

/** The place of the column whose greatest values come first where the others are equal: of failures, and of all, the longest. */
const took = 4

export function operationsTable(open: (index: number) => void): OperationsTable {
  let picture: RunPicture | undefined
  let rows: readonly number[] = []
  let state: PicturedState | undefined
  let chosen: { readonly name: string; readonly members: ReadonlySet<number> } | undefined
  let sorted = 0
  let down = false

  const search = element('input', {
    type: 'search',
    placeholder: 'Search ids, types and errors',
    'aria-label': 'Search operations',
    input: () => refresh(),
  })
  const chips = element('div', { class: 'chips', role: 'group', 'aria-label': 'Filter by how operations ended' })
  const found = element('p', { class: 'soft', role: 'status' })
  const table = pagedTable(
    'Operations',
    columns.map(({ title, kind }, column) => ({
      title: button(title, () => sortBy(column)),
      kind,
      sorted: () => (sorted !== column ? undefined : down ? 'descending' : 'ascending'),
    })),
    pageRows,
  )

  const sortBy = (column: number): void => {
    // Of times and attempts the greatest are what one looks for.
    down = sorted === column ? !down : column >= took
    sorted = column
    refresh()
  }

  const refresh = (stay = false): void => {
    if (picture === undefined) return
    const { operations, lastAt } = picture
    const words = search.value.trim().toLowerCase()
    const matching: number[] = []
    const counts = new Map<PicturedState, number>()
    for (const [index, operation] of operations.entries()) {
      if (chosen?.members.has(index) === false || (words !== '' && !textOf(operation).includes(words))) continue
      counts.set(operation.state, (counts.get(operation.state) ?? 0) + 1)
      if (state === undefined || operation.state === state) matching.push(index)
    }
    const valuesOf = (column: number): ReadonlyMap<number, number | string> =>
      new Map(matching.map((index) => [index, columns[column]!.value(operations[index]!, lastAt) ?? (down ? -1 : Infinity)]))
    const values = valuesOf(sorted)
    const times = valuesOf(took)
    const sign = down ? -1 : 1
    rows = matching.sort((a, b) => {
      const [one, other] = [values.get(a)!, values.get(b)!]
      if (one !== other) return one < other ? -sign : sign
      return Number(times.get(b)) - Number(times.get(a)) || a - b
    })
    drawChips(counts)
    replaceIn(found, rows.length < operations.length && `${count(rows.length, 'operation')} of ${thousands(operations.length)}`)
    table.show(rows.length, (row) => cellsOf(rows[row]!), stay)
  }

  const cellsOf = (index: number): readonly Child[] => {
    const operation = picture!.operations[index]!
    return columns.map(({ value, cell }) => {
      if (value === nameOf) return link(nameOf(operation), () => open(index))
      const shown = value(operation, picture!.lastAt)
      return cell?.(operation) ?? (typeof shown === 'number' ? duration(shown) : (shown ?? '–'))
    })
  }

  const drawChips = (counts: ReadonlyMap<PicturedState, number>): void => {
    const chip = (text: string, pressed: boolean, click: () => void): HTMLElement =>
      button(text, click, { 'aria-pressed': String(pressed) })
    const all = [...counts.values()].reduce((sum, number) => sum + number, 0)
    const shown = stateOrder.filter((name) => counts.has(name) || name === state)
    replaceIn(
      chips,
      chosen && chip(`${chosen.name} ✕`, true, () => filter(undefined)),
      chip(`All ${thousands(all)}`, state === undefined, () => filter(chosen)),
      shown.map((name) =>
        chip(`${name} ${thousands(counts.get(name) ?? 0)}`, state === name, () => filter(chosen, state === name ? undefined : name)),
      ),
    )
  }
  const filter = (members: typeof chosen, wanted?: PicturedState): void => {
    chosen = members
    state = wanted
    refresh()
  }

  const tools = element('div', { class: 'tools' }, search, chips)
  const place = element('section', { id: 'operations' }, element('h2', {}, 'Operations'), tools, found, table.place)
  return {
    place,
    show(shown) {
      picture = shown
      refresh(true)
    },
    choose(name, members) {
      filter({ name, members: new Set(members) })
      place.scrollIntoView({ behavior: 'smooth' })
    },
  }
}

function nameOf({ id, title }: PicturedOperation): string {
  return title ?? id
}

function textOf({ id, title, type, error }: PicturedOperation): string {
  return [id, title, type, error?.message].join('\n').toLowerCase()
}
