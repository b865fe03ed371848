import { exitCodes } from './exitCodes.js'

export type Interrupt = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

const signals: readonly Interrupt[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

// A Ctrl-C reaches this process from the terminal and, under npm, a second time from npm: within this time it is one wish.
const echoMs = 80

/**
 * Hears signals for as long as a run goes on: the first is handed over, a second one ends this process at once; with `again` the
 * second is handed over too, and a third one ends it.
 */
export function hearInterrupts(
  first: (signal: Interrupt) => void,
  again?: (signal: Interrupt) => void,
): {
  readonly taken: () => Interrupt | undefined
  readonly off: () => void
} {
  let taken: Interrupt | undefined
  let takenAt = 0
  let left = again
  const hear = (signal: Interrupt): void => {
    if (taken === undefined) {
      taken = signal
      first(signal)
      // Not before: with many programs to end it takes longer than an echo does.
      takenAt = performance.now()
    } else if (performance.now() - takenAt > echoMs) {
      if (left !== undefined) {
        const hand = left
        left = undefined
        takenAt = performance.now()
        return hand(signal)
      }
      // Programs still running are ended by what shell operations do on `exit`.
      process.exit(exitCodes[signal])
    }
  }
  for (const signal of signals) process.on(signal, hear)
  return {
    taken: () => taken,
    off: () => {
      // The echo may come after what was interrupted has ended, and would end this process before its report is written.
      if (taken !== undefined) return
      for (const signal of signals) process.off(signal, hear)
    },
  }
}
