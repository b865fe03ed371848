import { compactJson } from './form/compactJson.js'
import type { Refused, RefusedCall } from '../refused.js'
import { budgetOf, mostRefusalBytes } from '../size/budget.js'
import { fitText } from '../size/fitText.js'
import { fitsIn, noSize, sizeOf, sumOf } from '../size/textSize.js'
import { answer, type AnswerForm, type ToolAnswer } from './toolAnswer.js'

/** A fault longer than this holds a text that is not worth its length. */
const mostFaultTokens = 1_000

/** Says everything that is wrong with a call, as far as an answer may be long, and what a right one looks like. */
export function refusal({ faults, more, help }: RefusedCall, as: AnswerForm = 'text'): ToolAnswer {
  const all = faults.map((fault) => ({ ...fault, message: shortened(fault.message) }))
  const told = fitting(all, help)
  const omitted = all.length - told.length + more
  const facts = { status: 'refused', faults: told, ...(omitted > 0 && { omitted }), ...(help.length > 0 && { help }) }
  const text = [
    `${count(faults.length + more)}; nothing was done.`,
    ...told.map(({ message }) => message),
    ...(omitted > 0 ? [`and ${omitted} more faults`] : []),
    ...help,
  ].join('\n')
  return answer(as === 'json' ? compactJson(facts) : text, facts, { isError: true })
}

/** A call with one fault that has nothing to do with a plan. */
export function refusalOf(fault: Refused, help: readonly string[] = [], as: AnswerForm = 'text'): ToolAnswer {
  return refusal({ faults: [fault], more: 0, help }, as)
}

function count(faults: number): string {
  return faults === 1 ? '1 fault' : `${faults} faults`
}

/** As many faults as fit beside the help, in their order; as JSON each takes its place and kind too. */
function fitting(faults: readonly Refused[], help: readonly string[]): readonly Refused[] {
  const budget = { ...budgetOf(), bytes: mostRefusalBytes }
  let size = sumOf([
    noSize,
    sizeOf('100000 faults; nothing was done. and 100000 more faults'),
    ...help.map((line) => sizeOf(compactJson(line))),
  ])
  const told: Refused[] = []
  for (const fault of faults) {
    size = sumOf([size, sizeOf(compactJson(fault))])
    if (!fitsIn(size, budget)) break
    told.push(fault)
  }
  return told
}

/** A fault on one line. */
function shortened(message: string): string {
  const { text, whole } = fitText(message.replace(/\s*[\n\v\f\r\u0085\u2028\u2029]+\s*/g, ' '), mostFaultTokens)
  return whole ? text : `${text}…`
}
