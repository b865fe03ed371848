import { closed } from '../../model/codec/closed.js'
import { record, array } from '../../model/codec/collections.js'
import { anyJson, oneOf, text } from '../../model/codec/values.js'
import { withSchema } from '../../model/codec/withSchema.js'

const facts = record(anyJson)
const counts = withSchema('counts', { type: 'object' }, (value): value is object => typeof value === 'object')

/** What `batch_execute` answers with. It may say more; this much a program can rely on. */
export const BatchResult = closed(
  'the result of a batch',
  { status: oneOf('succeeded', 'failed', 'cancelled', 'running', 'planned', 'refused') },
  { batchId: text(), counts, rootCauses: array(facts), operations: array(facts) },
)
