/** Hears Ctrl-Z: `before` this process is suspended, and `after` it goes on. */
export function hearSuspension(before: () => void, after: () => void): { readonly off: () => void } {
  const suspend = (): void => {
    before()
    // Without a listener the signal does what it does by itself: nothing, where no shell could ever wake this process.
    process.off('SIGTSTP', suspend)
    process.kill(process.pid, 'SIGTSTP')
  }
  const goOn = (): void => {
    // Also after a STOP that nobody could hear, with the listener still there.
    process.off('SIGTSTP', suspend).on('SIGTSTP', suspend)
    after()
  }
  process.on('SIGTSTP', suspend).on('SIGCONT', goOn)
  return { off: () => void process.off('SIGTSTP', suspend).off('SIGCONT', goOn) }
}
