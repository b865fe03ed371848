import type { ServedCall } from '../call.js'

/**
 * A call whose reports of progress are each higher than the one before, as the protocol wants them, also when nothing has been done since:
 * such a report takes a thousandth of the way that is left, so that the end is never reached before it is.
 */
export function rising(call: ServedCall): ServedCall {
  const { onProgress } = call
  if (onProgress === undefined) return call
  let last = -1
  return {
    ...call,
    onProgress({ progress, total, message }) {
      last = progress > last ? progress : last + (total - last) / 1_000
      onProgress({ progress: last, total, message })
    },
  }
}
