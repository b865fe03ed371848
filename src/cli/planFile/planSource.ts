/** The text a plan was read from, and what people call the place it came from. */
export interface PlanSource {
  readonly file: string
  readonly text: string
}

/** A plan as data, not yet decoded. */
export interface PlanRead {
  readonly value: unknown
  readonly source: PlanSource
}
