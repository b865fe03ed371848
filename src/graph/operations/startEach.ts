import type { ItemContext, Made } from '../../model/code/operation.js'
import { quoteText } from '../../model/fault/quote.js'
import type { CompiledOperation, Results } from '../../model/graph.js'
import { OperationFailure } from '../../model/operationError.js'
import type { Outcome } from '../../model/outcome.js'
import { retryPolicyOf } from '../../model/plan.js'
import type { AttemptContext, ChildOperation, Work } from '../../model/work.js'
import type { CompiledPlanOperation } from './compiledOperation.js'
import { givenTo } from './givenTo.js'

type MadeEach = Extract<Made, { readonly type: 'each' }>

/** Runs a function once for each item of a list, each as an operation of its own. */
export function startEach(operation: CompiledOperation, context: AttemptContext, results: Results): Work<unknown> {
  const { made, needs, id, when } = operation as CompiledPlanOperation // It is put into such operations alone.
  const each = made as MadeEach
  const [list, ...others] = needs
  const items = itemsOf(each.items.id, results.get(list!))
  const given = givenTo(each.needs, others, when, results)
  const limits = limitsOf(each)
  const children = items.map((item, index) => ({
    id: itemId(id, index, each.label?.(item as never)),
    perform: (own: AttemptContext) => each.perform(item, given, itemContext(own, index)),
    ...limits,
  }))
  return Promise.all(children.map((child) => context.child(child))).then((outcomes) =>
    each.settle ? outcomes : valuesOf(children, outcomes),
  )
}

function limitsOf({ limits: { timeoutMs, retry, fallback } }: MadeEach): Omit<ChildOperation, 'id' | 'perform'> {
  return {
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(retry !== undefined && { retry: retryPolicyOf(retry) }),
    ...(fallback !== undefined && { fallback: { value: fallback } }),
  }
}

function itemsOf(from: string, list: unknown): readonly unknown[] {
  if (typeof list === 'object' && list !== null && Symbol.iterator in list) return [...(list as Iterable<unknown>)]
  const message = `${quoteText(from)} did not return a list of items.\nReturn a list from it.`
  throw new OperationFailure({ type: 'thrown', message, retryable: false })
}

const longestId = 128

/** The place makes it unique, the label tells people which it is. */
function itemId(id: string, index: number, label: string | undefined): string {
  const plain = `${id}[${index}]`
  const told = label?.replace(/[\p{Cc}\p{Cs}[\]]+/gu, ' ').trim()
  if (told === undefined || told === '') return plain
  const room = longestId - plain.length - 2
  return room < 1 ? plain : `${id}[${index}: ${told.slice(0, room).replace(/[\uD800-\uDBFF]$/, '')}]`
}

/** The same attempt, with the place of its item. Its parts are made when they are first asked for. */
function itemContext(own: AttemptContext, index: number): ItemContext {
  return {
    index,
    id: own.id,
    runId: own.runId,
    attempt: own.attempt,
    undoable: own.undoable,
    get signal() {
      return own.signal
    },
    output: (stream, text) => own.output(stream, text),
    progress: (fraction, message) => own.progress(fraction, message),
    process: (pid, startedAt) => own.process(pid, startedAt),
    emit: (name, data) => own.emit(name, data),
    ready: (value) => own.ready(value),
    redact: (text) => own.redact(text),
    redactStream: () => own.redactStream(),
    room: () => own.room(),
    onUndo: (undo) => own.onUndo(undo),
    child: (child) => own.child(child),
  }
}

function valuesOf(children: readonly { readonly id: string }[], outcomes: readonly Outcome[]): readonly unknown[] {
  const values: unknown[] = []
  const others: { readonly id: string; readonly outcome: Outcome }[] = []
  outcomes.forEach((outcome, index) => {
    if (outcome.type === 'succeeded') values.push(outcome.value)
    else others.push({ id: children[index]!.id, outcome })
  })
  const [first] = others
  if (first === undefined) return values
  const { id, outcome } = first
  const why = outcome.type === 'failed' ? outcome.error.message : outcome.type
  const message = `${others.length} of ${outcomes.length} items did not succeed; the first is ${quoteText(id)}: ${why}`
  // The failures are those of the items: the whole is not one more of them.
  const because = others.filter((other) => other.outcome.type === 'failed').map((other) => other.id)
  const cause = outcome.type === 'failed' ? { cause: outcome.error } : {}
  throw new OperationFailure({ type: 'thrown', message, retryable: false, ...(because.length > 0 && { because }), ...cause })
}
