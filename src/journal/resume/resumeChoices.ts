/** Choices of the caller who resumes a run, beyond the rules. */
export interface ResumeChoices {
  /** Ids of operations to run again, whatever their outcome. */
  readonly rerun?: readonly string[] | 'all'
  /** Results of operations that are not to be done again, by id. */
  readonly done?: Readonly<Record<string, unknown>>
  /** Ids of operations to do again with all that depends on them. */
  readonly from?: readonly string[]
}
