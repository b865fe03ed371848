/** One thing wrong with a call. */
export interface Refused {
  readonly at: string
  readonly type: string
  readonly message: string
}
