// cli/run/tokens: what the operations of a run cost as messages to a model.
import type { TokenTable, TokenTableRow } from '../../../monitor/tokens/tokenTable.js'
import { table } from '../../../terminal/text/table.js'
import { thousands } from '../../../terminal/text/count.js'
import type { Paint } from '../../../terminal/text/paint.js'

/** What the same operations cost as messages, four ways. */
export function tokenLines({ tokenizer, rows, weights }: TokenTable, paint: Paint): readonly string[] {
  const number = (value: number): string => thousands(Math.round(value))
  const [titles = '', ...lines] = table<TokenTableRow>(
    [
      { title: 'way', text: ({ row }) => row },
      { title: 'results as', text: ({ form }) => form },
      { title: 'requests', text: ({ requests }) => number(requests), right: true },
      { title: 'output', text: ({ output }) => number(output), right: true },
      { title: 'context growth', text: ({ contextGrowth }) => number(contextGrowth), right: true },
      { title: 'processed', text: ({ processed }) => number(processed), right: true },
      { title: 'cost', text: ({ cost }) => number(cost), right: true },
    ],
    // What costs most comes first.
    rows.toSorted((a, b) => b.cost - a.cost),
  )
  const { fresh, cached, output } = weights
  return [
    `Tokens of these operations as messages, counted by ${tokenizer}; cost = fresh × ${fresh} + cached × ${cached} + output × ${output}:`,
    paint('faint', titles),
    ...lines,
  ]
}
