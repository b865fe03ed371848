import * as t from 'io-ts'

/** The command a run came about by, and others about the same plan in the same place: each ready for a shell. */
export const RanCommand = t.readonly(
  t.intersection([
    t.type({
      /** With every flag it had. */
      run: t.string,
      /** The same at another concurrency, which belongs between the two. */
      runAt: t.readonly(t.tuple([t.string, t.string])),
      /** `millrace plan`, with those of the flags that it has too. */
      plan: t.string,
      /** The flag for the root whose history has the run, if it had one. */
      root: t.readonlyArray(t.string),
    }),
    t.partial({
      /** What followed `millrace run`, word by word. */
      words: t.readonlyArray(t.string),
      /** The folder it was given in. */
      folder: t.string,
    }),
  ]),
)
export type RanCommand = t.TypeOf<typeof RanCommand>
