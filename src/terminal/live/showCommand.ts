/** The command that shows a run, or one of its operations, from the log that is kept of it. */
export type ShowCommand = (runId: string, id?: string) => string
