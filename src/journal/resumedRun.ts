import * as t from 'io-ts'

/** Which run another one goes on with, and what it took over: that other log is read as long as this one is not whole. */
export const ResumedRun = t.readonly(
  t.intersection([
    t.type({
      runId: t.string,
      /** Ids of the operations whose outcome is taken from there. */
      reused: t.readonlyArray(t.string),
    }),
    t.partial({
      /** Results that were given instead, by id. */
      done: t.readonly(t.record(t.string, t.readonly(t.partial({ value: t.unknown })))),
    }),
  ]),
)
export type ResumedRun = t.TypeOf<typeof ResumedRun>
