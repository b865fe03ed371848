import { Subject, concatMap, from, startWith, take, type Observable } from 'rxjs'
import type { AgentQuestion, OnInput } from '../../operations/agent/conversation/converse.js'

/** What an agent of a batch asks and nobody has answered yet. */
export interface OpenQuestion extends AgentQuestion {
  /** Ends it, with an answer or without one. */
  readonly answer: (text: string | undefined) => void
}

/** The questions of one batch: whichever call waits for it puts them to its user. */
export interface OpenQuestions {
  readonly ask: OnInput
  /** Oldest first. */
  readonly open: () => readonly OpenQuestion[]
  /** The next question that no call is putting to its user; completes behind it. */
  readonly next$: Observable<OpenQuestion>
  /** Has one call put a question; undefined when another one does. What it gives takes that back, so that a later call may. */
  readonly put: (question: OpenQuestion) => (() => void) | undefined
}

export function openQuestions(): OpenQuestions {
  const open = new Set<OpenQuestion>()
  const beingPut = new Set<OpenQuestion>()
  const changed$ = new Subject<void>()
  const next$ = changed$.pipe(
    startWith(undefined),
    concatMap(() => from([...open].filter((question) => !beingPut.has(question)))),
    take(1),
  )
  return {
    ask: (asked) =>
      new Promise((resolve) => {
        const answer = (text: string | undefined): void => {
          asked.signal.removeEventListener('abort', takeBack)
          open.delete(question)
          resolve(text)
        }
        const takeBack = (): void => answer(undefined)
        const question: OpenQuestion = { ...asked, answer }
        if (asked.signal.aborted) return resolve(undefined)
        asked.signal.addEventListener('abort', takeBack, { once: true })
        open.add(question)
        changed$.next()
      }),
    open: () => [...open],
    next$,
    put(question) {
      if (!open.has(question) || beingPut.has(question)) return undefined
      beingPut.add(question)
      return () => {
        beingPut.delete(question)
        changed$.next()
      }
    },
  }
}
