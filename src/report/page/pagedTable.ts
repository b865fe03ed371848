import { thousands } from '../../terminal/text/count.js'
import { appendAll, button, element, replaceIn, type Child } from './dom.js'

/** A table of any length, a page at a time: the page of a run must stay small. */
export interface PagedTable {
  readonly place: HTMLElement
  /** Shows other rows, from the first again or from where it is. */
  readonly show: (rows: number, rowOf: (row: number) => readonly Child[], stay?: boolean) => void
}

export interface TableColumn {
  readonly title: Child
  /** `number` stands at the right, `wide` takes what is left, `minor` gives way on a small screen. */
  readonly kind?: string | undefined
  /** By which it is sorted at present. */
  readonly sorted?: () => 'ascending' | 'descending' | undefined
}

export function pagedTable(caption: string, columns: readonly TableColumn[], pageRows: number): PagedTable {
  const body = element('tbody')
  const where = element('span', { role: 'status' })
  const earlier = button('Earlier', () => turn(-1))
  const later = button('Later', () => turn(1))
  const foot = element('div', { class: 'paging' }, earlier, later, where)
  const heads = columns.map(({ title, kind }) => element('th', { scope: 'col', class: kind }, title))
  const table = element(
    'table',
    {},
    element('caption', { class: 'unseen' }, caption),
    element('thead', {}, element('tr', {}, ...heads)),
    body,
  )
  let page = 0
  let total = 0
  let rowOf: (row: number) => readonly Child[] = () => []

  const draw = (): void => {
    const pages = Math.max(1, Math.ceil(total / pageRows))
    page = Math.min(Math.max(0, page), pages - 1)
    const first = page * pageRows
    const last = Math.min(total, first + pageRows)
    replaceIn(
      body,
      Array.from({ length: last - first }, (_, row) =>
        element('tr', {}, ...rowOf(first + row).map((cell, at) => element('td', { class: columns[at]!.kind }, cell))),
      ),
    )
    for (const [at, { sorted }] of columns.entries()) {
      const direction = sorted?.()
      if (direction === undefined) heads[at]!.removeAttribute('aria-sort')
      else heads[at]!.setAttribute('aria-sort', direction)
    }
    foot.hidden = total <= pageRows
    earlier.disabled = page === 0
    later.disabled = page === pages - 1
    replaceIn(where, `${thousands(first + 1)} to ${thousands(last)} of ${thousands(total)}`)
  }
  const turn = (by: number): void => {
    page += by
    draw()
  }

  return {
    place: element('div', { class: 'table' }, element('div', { class: 'scroll' }, table), foot),
    show(rows, of, stay = false) {
      total = rows
      rowOf = of
      if (!stay) page = 0
      draw()
    },
  }
}

/** A table that is made when somebody wants to see it: beside each chart, with all its numbers. A title with # is of numbers. */
export function tableOnDemand(titles: readonly string[], caption: string, rows: () => readonly (readonly Child[])[]): HTMLElement {
  const place = element('details', { class: 'numbers' }, element('summary', {}, 'As a table'))
  let table: PagedTable | undefined
  place.addEventListener('toggle', () => {
    if (!place.open) return
    if (table === undefined) {
      table = pagedTable(
        caption,
        titles.map((title) => (title.startsWith('#') ? { title: title.slice(1), kind: 'number' } : { title })),
        10,
      )
      appendAll(place, [table.place])
    }
    const all = rows()
    table.show(all.length, (row) => all[row]!)
  })
  return place
}
