/** What `--help` says of exit codes. */
export const exitCodeHelp = `
Exit codes:
  0    every operation succeeded
  1    an operation failed, or was skipped because of one that did
  2    the plan or the command line is wrong; nothing was done
  3    slower than what it was compared with, with --fail-on slower
  129  the terminal went away (SIGHUP)
  130  interrupted (SIGINT)
  141  the reader of the events went away before the run had ended (SIGPIPE)
  143  told to end (SIGTERM)`
