import type { FaultOf, PlanFault } from './fault.js'
import { fieldMeant, paramMeant } from './fieldMeant.js'
import { formatPath } from './formatPath.js'
import { nearest } from './nearest.js'
import { quoteText, quoteValue, showName } from './quote.js'

export { formatPath } from './formatPath.js'

/**
 * Describes a fault of a plan: what is wrong, where, and how to fix it, in one or two lines.
 *
 * @example
 * ```ts
 * import { describeFault } from 'millrace'
 * const at = ['operations', 3, 'dependencies', 0]
 * describeFault({ type: 'unknown-id', at, id: 'biuld', role: 'dependency', known: ['build', 'pack', 'test'] })
 * // => 'operations[3].dependencies[0]: no operation is called "biuld".\n' +
 * //   'Did you mean "build"? This plan has: build, pack, test.'
 * ```
 * @see {@link decodePlan} and {@link InvalidPlanError}, which have the faults
 * @since 0.1.0
 */
export function describeFault(fault: PlanFault): string {
  const { place } = fault
  const path = formatPath(fault.at)
  const located = `${place === undefined ? '' : `${place.file}:${place.line}:${place.column}: `}${path === '' ? '' : `${path}: `}`
  const text = textOf(fault)
  return located === '' ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : `${located}${text}`
}

function textOf(fault: PlanFault): string {
  switch (fault.type) {
    case 'not-readable':
      return `the plan could not be read: ${fault.reason}`
    case 'too-large':
      return tooLarge(fault)
    case 'invalid-value':
      return `expected ${fault.expected}${fault.of === undefined ? '' : ` for ${quoteText(fault.of)}`}, received ${quoteValue(fault.received)}.`
    case 'unknown-field':
      return fault.of === undefined
        ? `there is no field ${quoteText(fault.field)} here.\n${ofParams(fault) ?? meant(fault.field, fault.known, 'The fields are', fieldMeant)}`
        : `${quoteText(fault.of)} takes no ${quoteText(fault.field)} here.\n${meant(fault.field, fault.known, 'It takes', fieldMeant)}`
    case 'missing-field':
      return fault.of === undefined
        ? `${quoteText(fault.field)} is missing.\n${inOneWord(fault) ?? `The fields are: ${list(fault.known)}.`}`
        : `${quoteText(fault.of)} needs ${quoteText(fault.field)} here.\nIt takes: ${list(fault.known)}.`
    case 'both-names':
      return `${quoteText(fault.alias)} is another name for ${quoteText(fault.field)}, and both are given.\nKeep one of them.`
    case 'unknown-operation-type':
      return `no operation type is called ${quoteText(fault.name)}.\n${
        fault.known.length === 0 ? 'This run has no operation types.' : meant(fault.name, fault.known, 'There are')
      }`
    case 'duplicate-id':
      return duplicateId(fault)
    case 'item-id':
      return `${quoteText(fault.id)} is also the id of an item of ${quoteText(fault.parent)}.\nGive one of them another id.`
    case 'unknown-id':
      if (fault.role === 'need') return unknownNeed(fault)
      return `no operation is called ${quoteText(fault.id)}.\n${
        fault.known.length === 0 ? 'This plan has no operations.' : meant(fault.id, fault.known, 'This plan has')
      }`
    case 'cycle':
      return cycle(fault.ids)
    case 'unknown-leaf':
      return `the result of ${quoteText(fault.id)} has no ${quoteText(fault.key)}.\n${
        fault.known.length === 0
          ? 'The value there has no named keys: end the reference before it, or use a position if it is a list.'
          : meant(fault.key, fault.known, 'It has')
      }`
    case 'malformed-reference':
      return fault.reason
    case 'reference-needs-default':
      return needsDefault(fault)
    case 'never-equal':
      return neverEqual(fault)
    case 'unknown-pool':
      return `no pool is called ${quoteText(fault.pool)}.\n${
        fault.known.length === 0
          ? `This plan has none: add "pools": {${quoteText(fault.pool)}: 2}, or leave the pool out.`
          : meant(fault.pool, fault.known, 'This plan has')
      }`
    case 'text-like-reference':
      return textLikeReference(fault)
    case 'without-each':
      return '"settle" is for operations with "each".\nRemove it; to continue after a failure, use a "fallback" or "when": "settled".'
    case 'unclear-ready':
      return unclearReady(fault)
    case 'without-service':
      return '"ready" is for services.\nAdd "service": true if the operation runs beside its dependents, or remove "ready".'
    case 'no-service':
      return `${quoteText(fault.name)} cannot be a service.\n${
        fault.known.length === 0 ? 'None of the operation types of this run can.' : `These can: ${list(fault.known)}.`
      }`
    case 'not-of-service':
      return notOfService(fault.field)
    case 'unneeded-service':
      return `no operation depends on the service ${quoteText(fault.id)}: it would end as soon as it is ready.\nName it in the "dependencies" of the operations that need it, or remove "service".`
    case 'streamed-service':
      return 'a stream cannot have services.\nUse a list of operations, or start the program outside the run.'
    case 'inexact-value':
      return inexact(fault.received)
    case 'always-here':
      return `${quoteText(fault.name)} always runs in the run itself, never on a worker.\nRemove its "place".`
    case 'no-performer':
      return noPerformer(fault)
    case 'more-faults':
      return `… and ${count(fault.count)} more ${fault.count === 1 ? 'fault' : 'faults'}.`
    case 'weight-above-limit':
      return `a weight of ${fault.weight} is above ${fault.of}, which is ${fault.limit}: it could never start.\nLower the weight, or raise ${fault.of}.`
  }
}

// What an operation is given stands in its params: beside them is where other tools have it.
function ofParams({ field, known }: FaultOf<'unknown-field'>): string | undefined {
  if (!known.includes('params') || fieldMeant(field, known) !== undefined) return undefined
  const param = paramMeant(field)
  return param && `Put it in the params of the operation: "params": {${quoteText(param)}: …}.`
}

function inOneWord({ field, known }: FaultOf<'missing-field'>): string | undefined {
  return known.includes('params') && (field === 'type' || field === 'operation')
    ? 'Say what the operation does in one word, such as "type": "shell.run" or "type": "file.write".'
    : undefined
}

function tooLarge({ what, limit, actual }: FaultOf<'too-large'>): string {
  switch (what) {
    case 'operations':
      return `${count(actual)} operations are more than the ${count(limit)} allowed in one plan.\nSplit the plan, or stream its operations.`
    case 'bytes':
      return `${count(actual)} bytes are more than the ${count(limit)} allowed in one plan.\nSplit the plan, or let its operations read large content from files.`
    case 'YAML bytes':
      return `${count(actual)} bytes are more than the ${count(limit)} allowed in a YAML plan.\nWrite it as JSON, which can be larger.`
    case 'fields':
      return `${count(actual)} fields are more than the ${count(limit)} allowed in one object.\nWrite a list, or several objects.`
    case 'levels':
      return `values are nested more than ${count(limit)} levels deep here.\nFlatten them, or pass them as text.`
  }
}

function unknownNeed({ id, known }: FaultOf<'unknown-id'>): string {
  return known.includes(id)
    ? `it needs an operation ${quoteText(id)} that is not in this list, which has another one with that id.\nAdd the one it needs, or let it need the one in the list.`
    : `it needs ${quoteText(id)}, which is not in this list.\nAdd it: all operations of a batch are in one list.`
}

function duplicateId({ at, id, first }: FaultOf<'duplicate-id'>): string {
  const holder = formatPath(first.slice(0, 2))
  return at.at(-1) === 'id'
    ? `${quoteText(id)} is already the id of ${holder}.\nGive one of them another id.`
    : `its default id ${quoteText(id)} is already the id of ${holder}.\nGive it an id of its own.`
}

function textLikeReference({ text, written, path }: FaultOf<'text-like-reference'>): string {
  const template = text.replace(written, () => `{{${path}}}`)
  const whole = text === written && !path.startsWith('$') ? `{"$ref": ${JSON.stringify(path)}}, or as text ` : ''
  return `${quoteText(written)} is plain text here and would be used unchanged.\nFor the value write ${whole}{"$template": ${quoteText(template)}}; to keep the text write {"$literal": ${quoteText(text)}}.`
}

function unclearReady({ known, received }: FaultOf<'unclear-ready'>): string {
  const example = 'such as "ready": {"port": 3000} or "ready": {"line": "listening"}'
  return received.length === 0
    ? `a service needs exactly one of ${list(known)} in "ready", which decides when its dependents start.\nAdd it, ${example}.`
    : `"ready" has ${received.map(quoteText).join(' and ')}, but takes only one of them.\nKeep one of them.`
}

const whyNotOfService: Readonly<Record<string, string>> = {
  each: 'Write one service for each item.',
  weight: 'A service holds no slot: it could keep its own dependents from starting. Remove it.',
  pool: 'A service holds no slot and belongs to no pool. Remove it.',
  place: 'A service runs here, where its dependents expect it. Remove it.',
  fallback: 'Its dependents need the service itself, not a value. Remove it.',
  stdoutTo: 'The file would be written only after its last dependent has ended. Remove it.',
}

function notOfService(field: string): string {
  return `a service takes no ${quoteText(field)}.\n${whyNotOfService[field] ?? 'Remove it.'}`
}

function inexact(received: number | string): string {
  if (typeof received === 'string')
    return `${quoteText(received)} contains half of a surrogate pair, which is not text.\nRemove it, or write the whole character.`
  return Number.isFinite(received)
    ? `the whole number ${received} is beyond 2^53 and would lose digits.\nWrite it as text, in quotes.`
    : `${received} is not a JSON value: the number is infinite, too large or undefined.\nWrite it as text, in quotes, or leave it out.`
}

function cycle(ids: readonly string[]): string {
  const names = ids.map(showName)
  if (names.length === 1) return `${quoteText(ids[0]!)} depends on itself.\nRemove that dependency or reference.`
  const round = names.length <= 12 ? names : [...names.slice(0, 8), '…', ...names.slice(-2)]
  const size = names.length <= 12 ? '' : ` (${count(names.length)} operations)`
  return `dependency cycle: ${[...round, names[0]].join(' -> ')}${size}.\nRemove one of the dependencies or references between them.`
}

function noPerformer({ workers, count: operations }: FaultOf<'no-performer'>): string {
  const others = operations === 1 ? '' : `, as do ${count(operations - 1)} more`
  const wayOut = 'Name their queue (millrace run --on redis://HOST), run everything here (--here), or remove the place.'
  return `this operation needs a worker (${workers})${others}, and this run has none.\n${wayOut}`
}

function needsDefault({ at, id, when }: FaultOf<'reference-needs-default'>): string {
  const wayOut = at.at(-1) === '$template' ? 'A template takes no default: use "$ref" with a "default"' : 'Add a "default" to the reference'
  return `${quoteText(id)} can end without a result here, because this operation has "when": ${quoteText(when)}.\n${wayOut}, or leave "when" at "success".`
}

function meant(given: string, known: readonly string[], lead: string, closest: typeof fieldMeant = nearest): string {
  const near = closest(given, known.slice(0, compared))
  return `${near === undefined ? '' : `Did you mean ${quoteText(near)}? `}${lead}: ${list(known)}.`
}

const listed = 12

// Comparing takes about a microsecond a name: a plan with many names may have as many faults.
const compared = 1_000

function list(names: readonly string[]): string {
  const shown = names.slice(0, listed).map(showName).join(', ')
  return names.length <= listed ? shown : `${shown} and ${count(names.length - listed)} more`
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}

const kinds = { text: ['text', 'in quotes'], number: ['a number', 'without quotes'], boolean: ['true or false', 'without quotes'] } as const

function neverEqual({ reference, kind, received }: Extract<PlanFault, { readonly type: 'never-equal' }>): string {
  const [name, written] = kinds[kind]
  return `${quoteText(reference)} is ${name}, and never equals ${quoteValue(received)}.\nCompare it with ${name}, ${written}.`
}
