/** How often the parent is looked for: a server nobody can reach any more does not stay for long. */
const everyMs = 2_000

/**
 * Calls `gone` once the process that started this one has ended, by which whatever stdin was inherited from may still be open.
 *
 * Against the first parent's pid: who takes its children over is not 1 everywhere, and may have been 1 from the start.
 */
export function whenOrphaned(gone: () => void, { parent = () => process.ppid, ms = everyMs } = {}): { readonly stop: () => void } {
  const first = parent()
  const timer = setInterval(() => {
    if (parent() === first) return
    clearInterval(timer)
    gone()
  }, ms)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
