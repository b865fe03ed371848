import * as E from 'fp-ts/lib/Either.js'
import { count, listed } from '../../terminal/text/count.js'

/** A run, as far as it is named. */
interface NamedRun {
  readonly run: { readonly runId: string }
}

/** The place in the history of the run a text names: its id, the beginning of it, `last` or `last~3`. Left: what is wrong, in words. */
export function runReference(text: string, entries: readonly NamedRun[]): E.Either<string, number> {
  if (entries.length === 0) return E.left(`${text}: there are no finished runs here yet. Run a plan first, or name its root with --root.`)
  const [, back] = /^last(?:~(\d{1,9}))?$/.exec(text) ?? [undefined, undefined]
  if (text === 'last' || back !== undefined) return counted(text, Number(back ?? 0), entries)
  const found = entries.flatMap(({ run }, index) => (run.runId === text || run.runId.startsWith(text) ? [index] : []))
  const exact = entries.findLastIndex(({ run }) => run.runId === text)
  if (exact >= 0) return E.right(exact)
  const [first] = found
  if (first === undefined || text === '') return E.left(`no run here is called "${text}". "millrace history" lists them.`)
  if (found.length === 1) return E.right(first)
  const ids = found.map((index) => entries[index]!.run.runId)
  return E.left(`"${text}" matches ${count(found.length, 'run')}: ${listed(ids)}. Give more of the id.`)
}

function counted(text: string, back: number, entries: readonly NamedRun[]): E.Either<string, number> {
  const index = entries.length - 1 - back
  if (index >= 0) return E.right(index)
  const earliest = entries.length === 1 ? 'last' : `last~${entries.length - 1}`
  return E.left(
    `${text}: there ${entries.length === 1 ? 'is' : 'are'} only ${count(entries.length, 'run')} here. The earliest is ${earliest}.`,
  )
}
