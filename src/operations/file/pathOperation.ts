import type * as t from 'io-ts'
import type { Foreseen, NotYetKnown } from '../../model/effects.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { body } from '../body.js'
import { touchesAt } from './confine/touches.js'
import type { Roots } from './confine/roots.js'

/** What tells the operation types apart that work at one path. */
interface AtPath<P, R> extends Pick<OperationType<P, R>, 'repeatable'> {
  readonly operation: string
  readonly summary: string
  readonly params: t.Type<P, unknown, unknown>
  readonly result: t.Type<R, unknown, unknown>
  readonly perform: (params: P, context: AttemptContext) => Promise<R>
}

/** What an operation does with a link at the end of its path. */
export type LastLink = 'follows-last-link' | 'takes-last-link'

/** An operation type that changes what is at its `path`. */
export function changing<P extends { readonly path: string }, R>(
  space: Roots,
  last: LastLink,
  { perform, ...about }: AtPath<P, R>,
): OperationType<P, R> {
  return {
    type: 'file',
    ...about,
    undoes: true,
    effects: ({ path }) => {
      const { place, links } = touchesAt(space, path, last === 'follows-last-link')
      return { ...(links.length > 0 && { reads: links }), writes: [place] }
    },
    perform: (params, context) => body(() => perform(params, context)),
  }
}

/** An operation type that reads what is at the path its params name, and changes nothing. */
export function reading<P, R>(
  space: Roots,
  last: LastLink,
  pathIn: (params: Foreseen<P>) => string | NotYetKnown,
  { perform, ...about }: AtPath<P, R>,
): OperationType<P, R> {
  return {
    type: 'file',
    ...about,
    readOnly: () => true,
    undoes: true,
    effects: (params) => {
      const { place, links } = touchesAt(space, pathIn(params), last === 'follows-last-link')
      return { reads: [place, ...links] }
    },
    perform: (params, context) => body(() => perform(params, context)),
  }
}
