import { expectTypeOf } from 'expect-type'
import {
  decodePlan,
  operation,
  runBatch,
  startBatch,
  type BatchRun,
  type OperationLiteral,
  type Plan,
  type Run,
} from '../../../src/index.js'

const read = { id: 'a', type: 'file', operation: 'read', params: { path: 'a' } }
const made = operation('made', () => 7)

// A plan written in code, with ids that are plain text.
expectTypeOf(
  runBatch({ operations: [read, { ...read, id: 'b', dependencies: ['a'], priority: 'high' }], concurrency: 3 }),
).toEqualTypeOf<Run>()
expectTypeOf(startBatch({ operations: [read], onFailure: 'rollback', returns: ['a'] })).toEqualTypeOf<BatchRun>()

// A list of operations, made in code or not.
runBatch([])
runBatch([read, made])
runBatch({ operations: [made, read], pools: { scarce: 2 } })

// A plan that was decoded.
runBatch({} as Plan)
const decoded = decodePlan('{}')
if (decoded._tag === 'Right') runBatch(decoded.right)

// A source to pull operations from.
runBatch(new Set([read]))
runBatch(async function* () {
  yield await Promise.resolve(read)
})
runBatch(
  (function* (): Generator<OperationLiteral> {
    yield { type: 'file', operation: 'read', keep: true }
  })(),
)

// A message that nobody has looked into.
runBatch(JSON.parse('{}'))
startBatch(JSON.parse('{}'))
runBatch({} as unknown)
runBatch({} as object)
runBatch({} as Record<string, unknown>)
runBatch([] as unknown[])
startBatch([] as readonly object[])
runBatch(new Set<unknown>())

// @ts-expect-error -- a field of the plan is mistyped
runBatch({ operations: [read], concurency: 3 })
// @ts-expect-error -- a field of the plan is mistyped
startBatch({ operations: [read], concurency: 3 })
// @ts-expect-error -- a field of an operation is mistyped
runBatch({ operations: [{ type: 'file', operation: 'read', dependancies: [] }] })
// @ts-expect-error -- a field of an operation is mistyped
runBatch([{ type: 'file', operation: 'read', dependancies: [] }])
// @ts-expect-error -- there is no such policy
runBatch({ operations: [], onFailure: 'stop' })
// @ts-expect-error -- the operations are missing
runBatch({ concurrency: 3 })
// @ts-expect-error -- an operation needs a type
runBatch([{ id: 'a', operation: 'read' }])
// @ts-expect-error -- text is decoded first
runBatch('{"operations": []}')
