import type { Observable } from 'rxjs'
import { compileStream } from '../../graph/compileStream.js'
import { operationRegistry } from '../../model/operationType.js'
import type { Batch } from './batch.js'
import { InvalidPlanError } from '../invalidPlanError.js'
import type { RunOptions } from '../options.js'
import { pushedFeed } from './pushedFeed.js'
import { defaultLookBack, streamBatch, streamSettings } from './streamBatch.js'

/** A batch whose operations are pushed by a source; as many as `buffer` may wait. */
export function pushedBatch(source: Observable<unknown>, buffer: number, options: RunOptions): Batch | InvalidPlanError {
  const compiled = compileStream(streamSettings(options), options.operations ?? operationRegistry([]))
  if (compiled._tag === 'Left') return new InvalidPlanError(compiled.left)
  const reach = options.lookBack ?? defaultLookBack
  return streamBatch(compiled.right, reach, (host, came, refused) =>
    pushedFeed(source, buffer, {
      wanted: () => host.unfinished() < reach + compiled.right.concurrency,
      came,
      refused,
      wake: () => host.wake(),
      failed: (error) => host.sourceFailed(error),
    }),
  )
}
