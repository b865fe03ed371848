/** Holds back the start of attempts while a reader is behind. */
export interface Valve {
  shut: boolean
  /** Set by the run: to be called once the valve is open again. */
  reopened: () => void
}

export function valve(): Valve {
  return { shut: false, reopened: () => undefined }
}
