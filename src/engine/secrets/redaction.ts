// engine/secrets: the secrets of a run, found in whatever it gives out and masked.
import { own } from '../../model/codec/plainObject.js'
import type { SecretSpan } from '../../model/graph.js'
import type { OperationError } from '../../model/operationError.js'
import type { CancelCause } from '../../model/outcome.js'
import type { StopCause, Summary } from '../../model/summary.js'
import type { RedactedStream } from '../../model/work.js'
import { isSoughtByName } from '../../model/secrets/secretTexts.js'
import { eachText } from './eachText.js'
import { mask } from './mask.js'
import { tellNamedTexts } from './namedTexts.js'
import { redactData } from './redactData.js'
import { secretBook } from './secretBook.js'

/** Keeps the secrets of a run out of its events. Values passed between operations are never altered. */
export interface Redaction {
  readonly conceal: (secret: string, span?: SecretSpan) => void
  /**
   * The same data without secrets; the very same when there are none in it. What stands in it under a secret name is one from now on,
   * wherever it stands.
   */
  clean<A>(data: A): A
  /** The same of a text that is about to be cut: a piece of a secret would not be found any more. */
  readonly redact: (text: string) => string
  /** The same of a text that comes in pieces. */
  readonly redactStream: () => RedactedStream
  /**
   * What another process has to mask that is given these data: the secrets of the run, and what stands in the data of those of single
   * operations, as it stands there.
   */
  readonly secretsFor: (data: unknown) => readonly string[]
  /** The same of an error, whose `type` and figures always stay. */
  cleanError(error: OperationError): OperationError
  /** The same of what stopped a run or an operation, whose words alone are of others. */
  cleanCause<C extends StopCause | CancelCause>(cause: C): C
  /** The same of a summary, where errors have words of others: secrets that came to light after them are in none. */
  cleanSummary(summary: Summary): Summary
  /** The part of an output that may be told: its end is held back while it may be the beginning of a secret. `of` is whose it is. */
  cleanOutput(of: object, stream: 'stdout' | 'stderr', text: string): string
  /** Whether anything is held back. */
  holds(): boolean
  /** What was held back of an output, now that nothing more of it will come. */
  flush(of: object, stream: 'stdout' | 'stderr'): string
}

/** The end of an output, and how much of it stands in a mask that was told. */
interface Held {
  readonly text: string
  readonly told: number
}

export function redaction(): Redaction {
  const secrets = secretBook()
  const held = { stdout: new Map<object, Held>(), stderr: new Map<object, Held>() }

  const cleanWithin = (text: string): string => masked({ text, told: 0 }, text.length).told
  const cleanText = (text: string): string => (secrets.has(text) ? mask : cleanWithin(text))
  const cleanData = redactData({ cleanText, cleanWithin })

  /** Tells a text up to here, each secret as one mask, and what is left of it. */
  const masked = ({ text, told }: Held, upTo: number): { readonly told: string; readonly rest: Held } => {
    const pieces: string[] = []
    let from = told
    for (const { start, end } of secrets.placesIn(text)) {
      if (start >= upTo) break
      // One that begins in a mask already told is part of it.
      if (start >= told) pieces.push(text.slice(from, start), mask)
      if (end > from) from = end
    }
    if (from === 0) return { told: text.slice(0, upTo), rest: { text: text.slice(upTo), told: 0 } }
    pieces.push(text.slice(from, Math.max(from, upTo)))
    return { told: pieces.join(''), rest: { text: text.slice(upTo), told: Math.max(0, from - upTo) } }
  }

  const conceal: Redaction['conceal'] = (secret, span = 'run') => secrets.add(secret, span)
  const concealNamed = (text: string): void => {
    if (isSoughtByName(text)) conceal(text, 'operation')
  }
  const clean = <A>(data: A): A => {
    const named = tellNamedTexts(data, concealNamed)
    return !named && secrets.isEmpty() ? data : (cleanData(data) as A) // Same shape: only texts in it change.
  }

  /** Adds to a text that comes in pieces. */
  const added = (before: Held | undefined, text: string): { readonly told: string; readonly rest: Held } => {
    const all = { text: (before?.text ?? '') + text, told: before?.told ?? 0 }
    return masked(all, secrets.unfinishedFrom(all.text))
  }

  const cleanError = (error: OperationError): OperationError => {
    const cleaned: unknown = clean(error)
    if (cleaned === error) return error
    const { type, message, retryable } = error
    const fields = typeof cleaned === 'object' && cleaned !== null ? cleaned : {}
    // A figure is no secret here, whatever secret looks like it: `retryAfterMs` is reckoned with.
    const figures = Object.entries(error).filter(([key, value]) => typeof value === 'number' && own(fields, key) === mask)
    // It has all the fields it had, and those that its type asks for are of the same kind.
    return { message: cleanText(message), retryable, ...fields, ...Object.fromEntries(figures), type } as OperationError
  }

  const cleanCause = <C extends StopCause | CancelCause>(cause: C): C => {
    if ('error' in cause) return { ...cause, error: cleanError(cause.error) }
    return 'message' in cause ? { ...cause, message: clean(cause.message) } : cause
  }

  return {
    conceal,
    clean,
    redact: (text) => (secrets.isEmpty() ? text : cleanText(text)),
    redactStream() {
      let rest: Held = { text: '', told: 0 }
      return {
        add(text) {
          if (secrets.isEmpty()) return text
          const now = added(rest, text)
          rest = now.rest
          return now.told
        },
        end() {
          const { told } = masked(rest, rest.text.length)
          rest = { text: '', told: 0 }
          return told
        },
      }
    },
    secretsFor(data) {
      if (secrets.isEmpty()) return []
      const found = new Set(secrets.lasting())
      eachText(data, (text) => {
        if (secrets.has(text)) found.add(text)
        else for (const { start, end } of secrets.placesIn(text)) found.add(text.slice(start, end))
      })
      return [...found]
    },
    cleanError,
    cleanCause,
    cleanSummary(summary) {
      const { rootCauses, stoppedBy } = summary
      if (secrets.isEmpty()) return summary
      return {
        ...summary,
        rootCauses: rootCauses.map((cause) => ({ ...cause, error: cleanError(cause.error) })),
        ...(stoppedBy !== undefined && { stoppedBy: cleanCause(stoppedBy) }),
      }
    },
    cleanOutput(of, stream, text) {
      if (secrets.isEmpty()) return text
      const before = held[stream].get(of)
      if (before === undefined && secrets.has(text)) return mask
      const { told, rest } = added(before, text)
      if (rest.text !== '') held[stream].set(of, rest)
      else if (before !== undefined) held[stream].delete(of)
      return told
    },
    holds: () => held.stdout.size > 0 || held.stderr.size > 0,
    flush(of, stream) {
      const rest = held[stream].get(of)
      if (rest === undefined) return ''
      held[stream].delete(of)
      return masked(rest, rest.text.length).told
    },
  }
}
