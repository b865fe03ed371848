import { criticalPath } from '../../graph/edges/criticalPath.js'
import type { CompiledPlan } from '../../model/graph.js'
import { answer, type ToolAnswer } from './toolAnswer.js'
import { answerTokens } from './budget.js'
import { estimateTokens } from './estimateTokens.js'

interface PlannedOperation {
  readonly id: string
  readonly name: string
  readonly waitsFor?: readonly string[]
}

/** What a dry run tells: what each operation would wait for and why. Nothing has been done. */
export function planAnswer(plan: CompiledPlan): ToolAnswer {
  const { graph, concurrency } = plan
  const waitsFor = new Map<string, string[]>()
  for (const { from, to, kind, why } of graph.edges()) {
    const before = waitsFor.get(to)
    const edge = `${from} (${kind}: ${why})`
    if (before === undefined) waitsFor.set(to, [edge])
    else before.push(edge)
  }
  const operations: PlannedOperation[] = []
  let tokens = 0
  for (const { id, name } of graph.tasks) {
    const before = waitsFor.get(id)
    const fact = { id, name, ...(before !== undefined && { waitsFor: before }) }
    tokens += estimateTokens(JSON.stringify(fact)) + 2
    if (tokens > answerTokens - 300) break
    operations.push(fact)
  }
  const omitted = graph.tasks.length - operations.length
  // How long each will take is not known yet: each counts as one.
  const longestChain = criticalPath(graph, () => 1).ids.length
  const text = [
    `The plan is good: ${graph.tasks.length} operations, the longest chain has ${longestChain}; concurrency ${concurrency}. Nothing was done.`,
    ...operations.map(({ id, name, waitsFor: before }) => `  ${id} ${name}${before === undefined ? '' : ` after ${before.join(', ')}`}`),
    ...(omitted > 0 ? [`  and ${omitted} more`] : []),
  ].join('\n')
  return answer(text, {
    status: 'planned',
    total: graph.tasks.length,
    concurrency,
    longestChain,
    operations,
    ...(omitted > 0 && { omitted }),
  })
}
