/** One way to break the engine: what stands in a source file, and what is put there instead. */
export interface Mutant {
  /** What a run of it would do. */
  readonly does: string
  readonly file: string
  /** Stands in the file exactly once, so that no mutant outlives the code it was made for. */
  readonly find: string
  readonly put: string
  /** What the checker has to say of it. */
  readonly blamed: RegExp
}

export const mutants: readonly Mutant[] = [
  {
    does: 'starts an operation before its last dependency has ended',
    file: 'engine/gates/planDependencies.ts',
    find: 'const waiting = graph.waits.slice()',
    put: 'const waiting = graph.waits.map((count) => (count > 1 ? count - 1 : count))',
    blamed: /though its gate is not decided|where the gate says nothing yet/,
  },
  {
    does: 'forgets the order that effects ask for',
    file: 'graph/effects/inferEdges.ts',
    find: 'link(standIn(collector, store.makeJoin), Kind.order)',
    put: 'standIn(collector, store.makeJoin)',
    blamed: /though its gate is not decided|where the gate says nothing yet/,
  },
  {
    does: 'takes a failed dependency for a fine one',
    file: 'engine/attempts/settlement.ts',
    find: "status: 'failure', because, outcome: { type: 'failed', error }",
    put: "status: 'fine', because: [], outcome: { type: 'failed', error }",
    blamed: /though its gate came to|where the gate says|though its gate is not open/,
  },
  {
    does: 'opens the gate of any-failed when nothing failed',
    file: 'graph/edges/judgeGate.ts',
    find: "return sawFailure ? 'open' : 'gate'",
    put: "return 'open'",
    blamed: /became ready though its gate came to "gate"/,
  },
  {
    does: 'loses the event of a failed attempt that is not tried again',
    file: 'engine/attempts/settlement.ts',
    find: 'write.attemptFailed(out, at, index, operation, attempt.attempt, error, retryInMs)',
    put: 'if (retryInMs !== undefined) write.attemptFailed(out, at, index, operation, attempt.attempt, error, retryInMs)',
    blamed: /came to a failure while it was running/,
  },
  {
    does: 'numbers no event of an operation that became ready',
    file: 'engine/events/inOrder.ts',
    find: 'numbered.seq = this.seq++',
    put: "numbered.seq = event.type === 'operation-ready' ? this.seq : this.seq++",
    blamed: /where \d+ was due/,
  },
  {
    does: 'passes the limit by one',
    file: 'engine/ready/readyQueue.ts',
    find: 'waiting.next(common, limit - used, limit)',
    put: 'waiting.next(common, limit - used + 1, limit)',
    blamed: /started beyond a limit/,
  },
  {
    does: 'passes the limit of a pool',
    file: 'engine/ready/pool.ts',
    find: 'this.used + weight <= this.limit',
    put: 'this.used <= this.limit',
    blamed: /started beyond a limit/,
  },
  {
    does: 'lets a slot stand idle when the delay of a retry is over',
    file: 'engine/flow/runParts.ts',
    find: '      queue.add(index, operation, operations.order(index))\n      turns.wake()\n',
    put: '      queue.add(index, operation, operations.order(index))\n',
    blamed: /slots stand idle/,
  },
  {
    does: 'never keeps slots for one that is too big',
    file: 'engine/ready/waitingLanes.ts',
    find: 'passed.some((each) => each.passed >= limit)',
    put: 'passed.some((each) => each.passed >= Infinity)',
    blamed: /took slots that are kept for a better one/,
  },
  {
    does: 'forgets those that a pool held back when it has room again',
    file: 'engine/ready/readyQueue.ts',
    find: '      pool.leave(weight)\n      sortPool(pool)\n',
    put: '      pool.leave(weight)\n',
    blamed: /slots stand idle/,
  },
  {
    does: 'forgets those that the rate of a pool held back when their time has come',
    file: 'engine/ready/readyQueue.ts',
    find: 'for (const pool of paused.over()) sortPool(pool)',
    put: 'paused.over()',
    blamed: /slots stand idle|which goes first and fits/,
  },
  {
    does: 'starts low priority before medium',
    file: 'engine/ready/lane.ts',
    find: 'medium: 2, low: 3',
    put: 'medium: 3, low: 2',
    blamed: /which goes first and fits/,
  },
  {
    does: 'ends an operation again when the body it had given up ends',
    file: 'engine/attempts/attemptHost.ts',
    find: 'if (!attempt.detached) conclude(attempt)',
    put: 'conclude(attempt)',
    // The engine takes the second end for a defect of its own and gives up the run.
    blamed: /ended twice|an attempt of ".*" failed while it was ended|the run never finished/,
  },
  {
    does: 'gives up a body that was told to stop without waiting for it',
    file: 'engine/attempts/attempt.ts',
    find: 'this.host.scheduler.schedule(() => this.graceIsOver(), this.host.graceMs)',
    put: 'this.host.scheduler.schedule(() => this.graceIsOver(), 0)',
    blamed: /before its grace ended/,
  },
  {
    does: 'forgets to abort a body',
    file: 'engine/attempts/attempt.ts',
    find: '    this.controller?.abort()\n    this.host.stopping(this)',
    put: '    this.host.stopping(this)',
    blamed: /was not aborted/,
  },
  {
    does: 'keeps the timer of a retry when the subscriber leaves',
    file: 'engine/attempts/retries.ts',
    find: 'for (const { timer } of retrying.values()) timer?.unsubscribe()',
    put: '',
    blamed: /timers are left/,
  },
  {
    does: 'tries again after half the delay',
    file: 'engine/attempts/retries.ts',
    find: '}, delayMs)',
    put: '}, delayMs / 2)',
    blamed: /was tried again at .* before its delay ended/,
  },
  {
    does: 'holds the slot while an operation waits to be tried again',
    file: 'engine/attempts/attemptHost.ts',
    find: 'queue.release(attempt.operation)',
    put: 'if (attempt.operation.retry === undefined) queue.release(attempt.operation)',
    blamed: /slots stand idle/,
  },
  {
    does: 'names only the last failure as the root of a skip',
    file: 'engine/gates/planDependencies.ts',
    find: 'failedBefore ? mergedRootCauses(roots.get(node), because) : because',
    put: 'because',
    blamed: /was skipped because of/,
  },
  {
    does: 'starts no clean-up after a signal',
    file: 'engine/stop/stopRules.ts',
    find: '(cleansUp && (cleanUp || !comesFromOutside(stop)))',
    put: '(cleansUp && !comesFromOutside(stop))',
    blamed: /while the stop in force was|was not spared|for no reason/,
  },
  {
    does: 'starts no clean-up under no-new',
    file: 'engine/stop/stopRules.ts',
    find: '(cleansUp && (cleanUp || !comesFromOutside(stop)))',
    put: "(cleansUp && stop.type !== 'no-new' && (cleanUp || !comesFromOutside(stop)))",
    blamed: /by a policy that does not stop it/,
  },
  {
    does: 'goes on after a failure under no-new',
    file: 'engine/stop/stopRules.ts',
    find: "return { type: 'no-new', because: [id] }",
    put: 'return undefined',
    blamed: /after the run was stopped by no-new|tells stoppedBy undefined/,
  },
  {
    does: 'skips the first undo',
    file: 'engine/attempts/rollback.ts',
    find: 'of [...entries].reverse()',
    put: 'of [...entries].reverse().slice(1)',
    blamed: /is undone where|before everything was undone/,
  },
  {
    does: 'undoes in the order of the effects',
    file: 'engine/attempts/rollback.ts',
    find: 'of [...entries].reverse()',
    put: 'of entries',
    blamed: /is undone where/,
  },
  {
    does: 'lets the children of a stopped operation go on',
    file: 'engine/stop/stops.ts',
    find: '(children.has(index) ? cause : undefined)',
    put: 'undefined',
    blamed: /when its parent was told to stop/,
  },
  {
    does: 'leaves the body of a slot running when the subscriber leaves',
    file: 'engine/flow/slots.ts',
    find: 'this.attempt?.unsubscribe()',
    put: '',
    blamed: /was not aborted|timers are left/,
  },
  {
    does: 'starts what became possible in the middle of a turn, and never when it is over',
    file: 'engine/time/turns.ts',
    find: 'for (const listener of listeners) if (!listener.closed) listener.next()',
    put: '',
    blamed: /slots stand idle|the run never finished/,
  },
  {
    does: 'alters a value on its way to another operation',
    file: 'graph/params/resolveParams.ts',
    find: '      if (found !== undefined) return found',
    put: "      if (found !== undefined) return typeof found === 'number' ? found + 1 : found",
    blamed: /was given/,
  },
  {
    does: 'counts a skip as a success in the summary',
    file: 'engine/events/runCounts.ts',
    find: 'counts.skipped++',
    put: 'counts.succeeded++',
    blamed: /the summary tells counts/,
  },
]
