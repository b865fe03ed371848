import type * as t from 'io-ts'
import { mostFaults } from '../limits.js'
import { problemOf, type ProblemError } from './problem.js'

/**
 * The errors of one value as they are found: the first hundred, then one that has the number of the others.
 *
 * A message of a few megabytes may have a million unknown fields: neither memory nor a call's arguments hold an error for each.
 */
export class ErrorList {
  private readonly first: t.ValidationError[] = []
  private further = 0

  get any(): boolean {
    return this.first.length > 0
  }

  push(error: t.ValidationError): void {
    const problem = problemOf(error)
    if (problem?.type === 'further-errors') this.further += problem.count
    else if (this.first.length < mostFaults) this.first.push(error)
    else this.further++
  }

  pushAll(errors: t.Errors): void {
    for (const error of errors) this.push(error)
  }

  /** All of them, for the value at `context`. */
  errors(value: unknown, context: t.Context): t.Errors {
    if (this.further === 0) return this.first
    const rest: ProblemError = { value, context, problem: { type: 'further-errors', count: this.further } }
    return [...this.first, rest]
  }
}
