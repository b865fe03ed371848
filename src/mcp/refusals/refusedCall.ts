import { isPlainObject, own, type PlainObject } from '../../model/codec/plainObject.js'
import { shapeOf } from '../../model/codec/shape.js'
import { describeFault } from '../../model/fault/describeFault.js'
import type { PlanFault, PlanPath } from '../../model/fault/fault.js'
import { formatPath } from '../../model/fault/formatPath.js'
import { quoteText } from '../../model/fault/quote.js'
import { operationName, type OperationRegistry, type OperationType } from '../../model/operationType.js'
import type { Refused, RefusedCall } from '../refused.js'
import { signatureOf } from '../describe/signature.js'
import { commandList, exampleOf } from './exampleOf.js'
import { fieldMeant } from '../../model/fault/fieldMeant.js'
import { operationMeant } from './meanings.js'

/** What a refusal is made from besides the faults. */
export interface RefusalSetting {
  /** The message, as it was read. */
  readonly plan: unknown
  readonly registry: OperationRegistry
  /** What the server has to say of a fault that its own settings are the reason of. */
  readonly hint?: (fault: PlanFault) => string
  /** A right call of the tool, for faults of the message as a whole. */
  readonly example?: string
}

/** The faults of a call, in words from which one more turn gets it right. */
export function refusedCall(faults: readonly PlanFault[], setting: RefusalSetting): RefusedCall {
  const objects = new Map<string, ObjectFaults>()
  const refused: (() => Refused | undefined)[] = []
  for (const fault of faults) {
    const at = fault.type === 'unknown-field' ? fault.at.slice(0, -1) : fault.at
    if (fault.type !== 'unknown-field' && fault.type !== 'missing-field') {
      refused.push(() => refusedFault(fault, setting))
      continue
    }
    const key = JSON.stringify([at, fault.of])
    const known = objects.get(key)
    const about = known ?? { at, of: fault.of, known: fault.known, unknown: [], missing: [] }
    if (fault.type === 'unknown-field') about.unknown.push(fault.field)
    else about.missing.push(fault.field)
    objects.set(key, about)
    if (known === undefined) refused.push(() => objectFault(about, setting))
  }
  // No answer holds more than these, and each takes a look through all names.
  const told = refused.slice(0, mostTold).flatMap((make) => make() ?? [])
  const help = helpFor(faults, setting)
  const general = setting.example !== undefined && (help.length === 0 || told.length === 0) && faults.some(({ at }) => at.length < 2)
  return {
    faults: told,
    more: Math.max(0, refused.length - mostTold),
    help: general && setting.example !== undefined ? [...help, setting.example] : help,
  }
}

const mostTold = 500

/** Fields that one object has too many and too few: one fault. */
interface ObjectFaults {
  readonly at: PlanPath
  readonly of: string | undefined
  readonly known: readonly string[]
  readonly unknown: string[]
  readonly missing: string[]
}

function objectFault({ at, of, known, unknown, missing }: ObjectFaults, setting: RefusalSetting): Refused | undefined {
  const misplaced = at[0] === 'operations' && at.length === 2 ? paramsAmong(unknown, at, setting) : []
  const astray = unknown.filter((field) => !misplaced.includes(field))
  // What stands beside the params is not missing in them.
  const lacking = at.at(-1) === 'params' ? missing.filter((field) => !isBeside(at, field, setting)) : missing
  if (misplaced.length === 0 && astray.length === 0 && lacking.length === 0) return undefined
  const where = formatPath(at)
  const subject =
    of === undefined ? (at.length === 0 ? 'the call' : at.length === 2 && at[0] === 'operations' ? 'an operation' : 'this') : quoteText(of)
  const says = [
    ...(astray.length > 0 ? [`takes no ${quoted(astray)}`] : []),
    ...(lacking.length > 0 ? [`needs ${quoted(lacking)}`] : []),
  ].join(' and ')
  const meant = renamed(astray, known, lacking)
  const unclear = astray.length > 0 && meant.length === 0 && lacking.length === 0
  const text = [
    ...(misplaced.length > 0 ? [`${quoted(misplaced)} ${misplaced.length === 1 ? 'belongs' : 'belong'} in "params".`] : []),
    ...(says === '' ? [] : [`${subject} ${says}.`]),
    ...(lacking.includes('command') ? [`The command is a list: ${commandList(paramsAt(at, setting))}.`] : []),
    ...meant,
    ...(unclear ? [`It takes: ${known.join(', ')}.`] : []),
  ].join(' ')
  const message = where === '' ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : `${where}: ${text}`
  return { at: where, type: astray.length > 0 || misplaced.length > 0 ? 'unknown-field' : 'missing-field', message }
}

/** What the fields that are not taken are called here, unless that is plain from the one that is missing. */
function renamed(astray: readonly string[], known: readonly string[], lacking: readonly string[]): readonly string[] {
  const targets = new Map<string, string[]>()
  for (const field of astray) {
    const name = fieldMeant(field, known)
    if (name !== undefined) targets.set(name, [...(targets.get(name) ?? []), field])
  }
  if (astray.length === 1 && [...targets.keys()].every((name) => lacking.includes(name))) return []
  return [...targets].map(([name, fields]) =>
    fields.length > 1 ? `${quoted(fields)} belong in ${quoteText(name)}.` : `${quoted(fields)} is ${quoteText(name)} here.`,
  )
}

function quoted(names: readonly string[]): string {
  const all = names.map(quoteText)
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}

function refusedFault(fault: PlanFault, { registry, plan, hint = () => '' }: RefusalSetting): Refused {
  const at = formatPath(fault.at)
  const { of: _, ...bare } = fault
  const told = (text: string): Refused => ({ at, type: fault.type, message: `${text}${hint(fault)}` })
  if (fault.type === 'unknown-operation-type') {
    const reason = hint(fault)
    const near = reason === '' ? operationMeant(fault.name, registry.keys()) : undefined
    const families = [...new Set([...registry.values()].map(({ type }) => type))].map((type) => `${type}.*`).join(', ')
    const rest =
      near === undefined
        ? reason === ''
          ? ` There are: ${families}; batch_status {"describe":["file.*"]} lists them.`
          : ''
        : ` Did you mean ${quoteText(near)}?`
    return told(`${at}: no operation type is called ${quoteText(fault.name)}.${rest}`)
  }
  if (fault.type === 'invalid-value' && fault.at.at(-1) === 'command' && fault.of === 'shell.run')
    return told(`${describeFault(bare as PlanFault)} Here: ${commandList(paramsAt(fault.at.slice(0, -1), { plan, registry }))}.`)
  return told(describeFault(bare as PlanFault))
}

/** Fields beside `params` that belong into it. */
function paramsAmong(fields: readonly string[], at: PlanPath, { plan, registry }: RefusalSetting): readonly string[] {
  const type = typeOf(valueAt(plan, at), registry)
  const shape = type === undefined ? undefined : shapeOf(type.params)
  if (shape?._tag !== 'ClosedType') return []
  const known = [...Object.keys(shape.required), ...Object.keys(shape.optional)]
  return fields.filter((field) => known.includes(field))
}

function isBeside(at: PlanPath, field: string, { plan }: RefusalSetting): boolean {
  const operation = valueAt(plan, at.slice(0, -1))
  return isPlainObject(operation) && own(operation, field) !== undefined
}

function paramsAt(at: PlanPath, { plan }: RefusalSetting): PlainObject {
  const params = valueAt(plan, at)
  return isPlainObject(params) ? params : {}
}

function valueAt(plan: unknown, at: PlanPath): unknown {
  return at.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? own(value, String(key)) : undefined), plan)
}

/** The type an operation names, or the one it means. */
function typeOf(operation: unknown, registry: OperationRegistry): OperationType | undefined {
  if (!isPlainObject(operation)) return undefined
  const named = ['type', 'tool', 'op', 'action', 'function', 'method', 'name'].map((field) => own(operation, field))
  const [type, name] = [named.find((value) => typeof value === 'string'), own(operation, 'operation')]
  if (typeof type !== 'string') return undefined
  const full = typeof name === 'string' ? `${type}.${name}` : type
  const exact = registry.get(full) ?? registry.get(`tool.${full}`)
  if (exact !== undefined) return exact
  const near = operationMeant(full, registry.keys())
  return near === undefined ? undefined : registry.get(near)
}

const mostHelp = 3

/** Faults that the signature of an operation type says nothing about. */
const aboutOthers: ReadonlySet<PlanFault['type']> = new Set(['unknown-id', 'unknown-leaf', 'cycle', 'duplicate-id', 'malformed-reference'])

/** Signature and example of each operation type at fault, once. */
function helpFor(faults: readonly PlanFault[], { plan, registry }: RefusalSetting): readonly string[] {
  const help = new Map<string, string>()
  for (const { at, type } of faults) {
    if (help.size === mostHelp) break
    if (at[0] !== 'operations' || at.length < 2 || aboutOthers.has(type)) continue
    const operation = valueAt(plan, at.slice(0, 2))
    const found = typeOf(operation, registry)
    if (found === undefined || help.has(operationName(found))) continue
    help.set(operationName(found), `${operationName(found)}${signatureOf(found.params)} ${exampleOf(found, givenOf(operation, found))}`)
  }
  return [...help.values()]
}

/** What an operation is given, wherever it stands. */
function givenOf(operation: unknown, type: OperationType): PlainObject {
  if (!isPlainObject(operation)) return {}
  const params = own(operation, 'params') ?? own(operation, 'args') ?? own(operation, 'arguments') ?? own(operation, 'input')
  const shape = shapeOf(type.params)
  const known = shape?._tag === 'ClosedType' ? [...Object.keys(shape.required), ...Object.keys(shape.optional)] : []
  const beside = Object.fromEntries(Object.entries(operation).filter(([key]) => known.includes(key)))
  return { ...beside, ...(isPlainObject(params) ? params : {}) }
}
