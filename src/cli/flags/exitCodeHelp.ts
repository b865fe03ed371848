/** What `--help` says of exit codes. */
export const exitCodeHelp = `
Exit codes:
  0    every operation succeeded
  1    an operation failed, or was skipped because of one that did
  2    the plan or the command line is invalid; nothing was done
  3    slower than the runs it was compared with, with --fail-on slower
  129  the terminal was closed (SIGHUP)
  130  interrupted (SIGINT)
  141  the reader of stdout closed it before the run ended (SIGPIPE)
  143  terminated (SIGTERM)`
