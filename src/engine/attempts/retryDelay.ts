import type { OperationError } from '../../model/operationError.js'
import type { RetryPolicy } from '../../model/plan.js'

/**
 * How long to wait after attempt number `attempt` failed, in whole ms.
 *
 * Full jitter: anything from 0 to `delayMs × factor^(attempt - 1)`, at most `maxDelayMs` (Marc Brooker, "Exponential Backoff and
 * Jitter", AWS Architecture Blog, 2015). A server that named its own delay is not asked earlier.
 */
export function retryDelay(policy: RetryPolicy, attempt: number, error: OperationError, random: () => number): number {
  const { delayMs = 200, factor = 2, maxDelayMs = 30_000 } = policy
  const longest = Math.min(maxDelayMs, delayMs * factor ** (attempt - 1))
  const asked = error.type === 'http-status' ? (error.retryAfterMs ?? 0) : 0
  return Math.max(Math.round(random() * longest), Math.min(asked, maxDelayMs))
}
