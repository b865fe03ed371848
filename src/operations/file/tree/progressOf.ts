import type { AttemptContext } from '../../../model/work.js'

const everyBytes = 4 * 1024 * 1024

/** Counts bytes and reports how far that is, every few megabytes: a small file reports nothing. */
export function progressOf(context: AttemptContext, totalBytes: number): (bytes: number) => void {
  let done = 0
  let reported = 0
  return (bytes) => {
    done += bytes
    if (done - reported < everyBytes) return
    reported = done
    context.progress(Math.min(1, done / totalBytes), `${done} of ${totalBytes} bytes`)
  }
}
