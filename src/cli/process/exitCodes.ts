/** What the exit code says. Of a signal it is, as in any shell, 128 and the signal's number. */
export const exitCodes = {
  ok: 0,
  /** Something failed, or was skipped because of it. */
  failed: 1,
  /** A bad plan, or bad usage. */
  usage: 2,
  /** A comparison found what it was told to fail on. */
  regression: 3,
  SIGHUP: 129,
  SIGINT: 130,
  /** Nobody read the output any more. */
  SIGPIPE: 141,
  SIGTERM: 143,
} as const
