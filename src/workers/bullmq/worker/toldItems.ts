import { asyncScheduler, type Subscription } from 'rxjs'
import type { ToldItem } from '../wire/messages.js'

/** What an operation gives out, told in one message every so often, and the next only when the run has taken the one before. */
export interface ToldItems {
  add(item: ToldItem): void
  /** The run takes more. */
  more(): void
  /** Resolves when there is room for more; undefined when there is. */
  room(): PromiseLike<void> | undefined
  /** The rest. Nothing is sent after it. */
  rest(): readonly ToldItem[]
}

/** More characters than this are not taken while they wait: whoever gives them out is held back by `room`. */
const mostHeld = 262_144

/** Texts are put together up to so many characters, which is what a pipe gives at once: readers of a run count events. */
const longestText = 65_536

export function toldItems(everyMs: number, send: (seq: number, items: readonly ToldItem[]) => void): ToldItems {
  let items: ToldItem[] = []
  let held = 0
  let seq = 0
  let timer: Subscription | undefined
  let again: Subscription | undefined
  let awaited = false
  let closed = false
  let wakers: (() => void)[] = []

  const wake = (): void => {
    const woken = wakers
    wakers = []
    for (const waker of woken) waker()
  }

  const flush = (): void => {
    timer = undefined
    if (items.length === 0 || awaited || closed) return
    awaited = true
    const [number, told] = [++seq, items]
    send(number, told)
    // What was said, or its answer, may have been lost with what Redis held: a number that was heard before is only answered.
    again = asyncScheduler.schedule(function () {
      send(number, told)
      this.schedule(undefined, 100 * everyMs)
    }, 100 * everyMs)
    items = []
    held = 0
    wake()
  }

  const soon = (): void => {
    if (timer === undefined && !awaited) timer = asyncScheduler.schedule(flush, everyMs)
  }

  return {
    add(item) {
      if (closed) return
      const last = items.at(-1)
      // A program that writes letter by letter makes one text.
      if (
        'stream' in item &&
        last !== undefined &&
        'stream' in last &&
        last.stream === item.stream &&
        last.text.length + item.text.length <= longestText
      )
        items[items.length - 1] = { stream: last.stream, text: last.text + item.text }
      else items.push(item)
      held += 'stream' in item ? item.text.length : 64
      soon()
    },
    more() {
      awaited = false
      again?.unsubscribe()
      if (items.length > 0) soon()
    },
    room: () => (held < mostHeld || closed ? undefined : new Promise((resolve) => wakers.push(resolve))),
    rest() {
      closed = true
      timer?.unsubscribe()
      again?.unsubscribe()
      wake()
      return items
    },
  }
}
