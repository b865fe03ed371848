import { relative } from 'node:path'
import { criticalPath } from '../../graph/edges/criticalPath.js'
import type { CompiledPlan, Edge } from '../../model/graph.js'
import type { AnswerWish } from './batchAnswer.js'
import { confirmText, readAsMeant, type ConfirmWish } from './headline.js'
import { compactJson } from './form/compactJson.js'
import { paragraph } from './form/paragraph.js'
import { showPath } from './form/label.js'
import type { PlanNote } from '../foreseen/planNotes.js'
import { budgetOf } from '../size/budget.js'
import { fitsIn, noSize, sizeOf, sumOf } from '../size/textSize.js'
import { answer, type ToolAnswer } from './toolAnswer.js'
import { directWaits, type Wait } from './directWaits.js'

interface PlannedOperation {
  readonly id: string
  readonly name: string
  readonly after?: readonly { readonly id: string; readonly why?: string }[]
}

/** Notes about a plan, reported before it runs. */
export interface PlanWish extends AnswerWish, ConfirmWish {
  /** What its caller should know of single operations. */
  readonly about: readonly PlanNote[]
}

/** What a dry run tells: what each operation would wait for and why. Nothing has been done. */
export function planAnswer(
  plan: CompiledPlan,
  roots: readonly string[],
  { as, maxAnswerTokens, notes = [], toConfirm, canAsk, about }: PlanWish,
): ToolAnswer {
  const { graph, concurrency } = plan
  const waits = directWaits(graph, (edge) => whyOf(edge, roots))
  const operations = graph.operations.map(({ id, name }): PlannedOperation => {
    const after = waits.get(id)
    return { id, name, ...(after !== undefined && { after: after.map(factOf) }) }
  })
  // How long each will take is not known yet: each counts as one.
  const longestChain = criticalPath(graph, () => 1).ids.length
  const facts = {
    status: 'planned',
    total: graph.operations.length,
    concurrency,
    longestChain,
    ...(toConfirm.length > 0 && { toConfirm, canAsk }),
    ...(about.length > 0 && { about }),
    operations,
  }
  if (as === 'json') return answer(compactJson(facts), facts)
  const head = `The plan is good; nothing was done. ${count(graph.operations.length)}, concurrency ${concurrency}, longest chain ${longestChain}.${confirmText({ toConfirm, canAsk })}${readAsMeant(notes)}`
  const budget = budgetOf(maxAnswerTokens)
  const lines = [head]
  let size = sumOf([noSize, sizeOf(head), sizeOf('and 10000 more')])
  const all = [...operations.map(lineOf), ...about.map(({ id, text }) => `${showPath(id)}: ${paragraph(text)}`)]
  for (const line of all) {
    size = sumOf([size, sizeOf(line)])
    if (!fitsIn(size, budget)) break
    lines.push(line)
  }
  const left = all.length - (lines.length - 1)
  return answer([...lines, ...(left > 0 ? [`and ${left} more`] : [])].join('\n'), facts)
}

function count(operations: number): string {
  return operations === 1 ? '1 operation' : `${operations} operations`
}

function lineOf({ id, name, after }: PlannedOperation): string {
  const waits = after?.map((wait) => `${showPath(wait.id)}${wait.why === undefined ? '' : ` (${wait.why})`}`)
  return `${showPath(id)} ${name}${waits === undefined ? '' : ` after ${waits.join(', ')}`}`
}

function factOf({ from, why }: Wait): { readonly id: string; readonly why?: string } {
  return { id: from, ...(why !== undefined && { why }) }
}

/** In a word: the path both touch, the server whose calls keep their order, `$ref`; nothing where the plan names the dependency. */
function whyOf({ kind, resource }: Edge, roots: readonly string[]): string | undefined {
  if (kind === 'explicit') return undefined
  if (kind === 'reference') return '$ref'
  if (resource === undefined) return 'order'
  if (!resource.startsWith('file:')) return resource.slice(resource.indexOf(':') + 1)
  const path = resource.slice('file:'.length)
  const root = roots.find((one) => path === one || path.startsWith(`${one}/`))
  return root === undefined ? path || 'any file' : relative(root, path) || '.'
}
