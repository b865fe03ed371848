import { closed } from '../../model/codec/closed.js'
import { finiteNumber, oneOf, text } from '../../model/codec/values.js'
import { readHistory } from '../../journal/history/historyFile.js'
import { decodeInput } from '../calls/decodeInput.js'
import { compactSchema } from '../describe/compactSchema.js'
import { baselineAnswer } from '../performance/baselineAnswer.js'
import { clearAnswer } from '../performance/clearAnswer.js'
import { compareAnswer } from '../performance/compareAnswer.js'
import { summaryAnswer } from '../performance/summaryAnswer.js'
import { trendsAnswer } from '../performance/trendsAnswer.js'
import type { Tool } from '../tool.js'

const Input = closed(
  'a call of batch_performance',
  { action: oneOf('summary', 'trends', 'compare', 'baseline', 'clear') },
  { hours: finiteNumber({ minimum: 0.001, maximum: 1_000_000 }), metric: text({ minLength: 1 }) },
)

const hourMs = 3_600_000

/** `batch_performance`: what the batches of this root came to, as measured. */
export const batchPerformance: Tool = {
  name: 'batch_performance',
  describe: () =>
    'Measured history of batches: summary, trends (metric), compare (last run with the baseline or earlier ones), baseline (keep the last runs), clear.',
  inputSchema: compactSchema(Input),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  async perform(input, { roots: [root] }) {
    const decoded = await decodeInput(Input, input, 'batch_performance {"action":"summary","hours":24}')
    if (decoded._tag === 'Left') return decoded.left
    const { action, hours = Infinity, metric = 'makespanMs' } = decoded.right
    const since = Date.now() - hours * hourMs
    const { entries } = await readHistory(root)
    const within = entries.filter(({ run }) => run.finishedAt >= since)
    switch (action) {
      case 'summary':
        return summaryAnswer(within)
      case 'trends':
        return trendsAnswer(within, metric)
      case 'compare':
        return compareAnswer(root, within)
      case 'baseline':
        return baselineAnswer(root, within)
      case 'clear':
        return clearAnswer(root, entries.length)
    }
  },
}
