import type { ServedBatch } from '../batches/batch.js'
import { factsText, wholeFacts } from './facts.js'
import { countsText, plannedCounts, readAsMeant, rollbackText } from './headline.js'
import { arrange, arrangedText, type AnswerDraft } from './layout/arrange.js'
import { runningAnswer } from './runningAnswer.js'
import { budgetOf } from '../size/budget.js'
import { draftOf } from './told/draftOf.js'
import { toldBatch, type ToldEntry } from './told/toldBatch.js'
import { answer, type AnswerForm, type ToolAnswer } from './toolAnswer.js'

/** How an answer is wanted: its form, and how long it may be. */
export interface AnswerWish {
  readonly as?: AnswerForm | undefined
  readonly maxAnswerTokens?: number | undefined
  /** How the call was read where it was not as it has to be. */
  readonly notes?: readonly string[]
}

/** What a batch came to, or how far it is. */
export function batchAnswer(batch: ServedBatch, { as = 'text', maxAnswerTokens, notes = [] }: AnswerWish = {}): ToolAnswer {
  if (batch.summary === undefined) return runningAnswer(batch, as, notes)
  const budget = budgetOf(maxAnswerTokens)
  const entries = toldBatch(batch, { repeat: as === 'json' })
  const draft = finishedDraft(batch, entries, notes)
  const text = as === 'json' ? factsText(batch, entries, draft, budget) : arrangedText(draft, arrange(draft, budget))
  return answer(text, () => {
    const told = toldBatch(batch, { repeat: true })
    return wholeFacts(batch, told, finishedDraft(batch, told, notes))
  })
}

function finishedDraft(batch: ServedBatch, entries: readonly ToldEntry[], notes: readonly string[]): AnswerDraft {
  const { id, summary, ends } = batch
  if (summary === undefined) throw new Error('A defect in millrace: a batch that has not finished was asked what it came to.')
  const { ok } = summary
  const counts = plannedCounts(batch)
  const ids = new Set([...batch.operations.map((operation) => operation.id), ...ends.keys()])
  return draftOf(entries, {
    batchId: id,
    isId: (path) => ids.has(path),
    head(allShown, continued) {
      const handle = ok || continued ? '' : `; batch ${id}`
      return `${countsText(counts, ok)}${rollbackText(summary)}${allShown ? '' : '; not all is shown'}${handle}${readAsMeant(notes)}`
    },
  })
}
