/** The text a plan was read from, and what people call the place it came from. */
export interface PlanSource {
  readonly file: string
  readonly text: string
  /** Whether the text is JSON: then places in it are found without reading it as YAML. */
  readonly isJson?: boolean
}

/** A plan as data, not yet decoded. */
export interface PlanRead {
  readonly value: unknown
  readonly source: PlanSource
}
