/** The time of the run, for pools that let so many start a second. */
export interface SlotClock {
  readonly now: () => number
  /** Asks to be tried again after so many ms. */
  wakeIn(ms: number): void
}
