import type * as t from 'io-ts'

/** What a codec found wrong, beyond "this value does not fit": kept as data until the text is made. */
export type Problem =
  | { readonly type: 'unknown-field'; readonly field: string; readonly known: readonly string[] }
  | { readonly type: 'missing-field'; readonly field: string; readonly known: readonly string[] }
  /** Stands after the first hundred. */
  | { readonly type: 'further-errors'; readonly count: number }

/** An io-ts error that carries its problem. */
export interface ProblemError extends t.ValidationError {
  readonly problem: Problem
}

export function problemOf(error: t.ValidationError): Problem | undefined {
  return 'problem' in error ? (error as ProblemError).problem : undefined
}

/** The keys from the root to the value an error is about. The first context entry is the root itself and has no key. */
export function pathOf(error: t.ValidationError): readonly string[] {
  return error.context.slice(1).map((entry) => entry.key)
}
