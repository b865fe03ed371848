import { compileStream } from '../../graph/compileStream.js'
import type { OperationRegistry } from '../../model/operationType.js'
import type { Batch } from './batch.js'
import { InvalidPlanError } from '../invalidPlanError.js'
import type { RunOptions } from '../options.js'
import { pulledFeed } from './pulledFeed.js'
import type { OperationSource } from './source.js'
import { defaultLookBack, streamBatch, streamSettings } from './streamBatch.js'

/** A batch whose operations are pulled from a source, each only when a slot would stand idle without it. */
export function pulledBatch(source: OperationSource, options: RunOptions, registry: OperationRegistry): Batch | InvalidPlanError {
  const compiled = compileStream(streamSettings(options), registry)
  if (compiled._tag === 'Left') return new InvalidPlanError(compiled.left)
  const reach = options.lookBack ?? defaultLookBack
  return streamBatch(compiled.right, reach, (host, came) =>
    pulledFeed(source, {
      // Operations that wait for others fill no slot: without a bound the whole source would be read to find one that can start.
      wanted: () => host.unfinished() < reach + compiled.right.concurrency,
      came,
      wake: () => host.wake(),
      failed: (error) => host.sourceFailed(error),
    }),
  )
}
