import { isPlainObject } from '../../model/codec/plainObject.js'
import type { PlanPath } from '../../model/fault/fault.js'
import type { FaultList } from '../../model/fault/faultList.js'
import { operationName, type OperationType } from '../../model/operationType.js'
import { concealed } from '../../model/secrets/secretFields.js'
import { isSecretAt } from '../../model/secrets/secretPlaces.js'
import { markerKeyOf } from './marker.js'
import type { MarkerReader } from './paramsTree.js'
import { resolveReference } from './resolveReference.js'

/** Parameters that are names and addresses, not content: in these the id of an operation in braces is meant as one. */
const addressing: ReadonlySet<string> = new Set(['path', 'paths', 'destination', 'stdoutTo', 'command', 'cwd', 'env', 'url', 'headers'])

/** Whose parameters are looked at. */
interface Setting {
  readonly reader: MarkerReader
  readonly about: OperationType | undefined
}

/**
 * Adds a fault for each plain text in which something in braces was meant as a reference: `{{build.path}}` or `${build.path}`, where
 * `build` is an operation of the plan. It would be written as it stands, and told as a success.
 *
 * In content, where other languages have such braces too, the key must be one that the result of that operation declares.
 */
export function addTextReferences(params: object, at: PlanPath, setting: Setting, faults: FaultList): void {
  for (const [field, value] of Object.entries(params)) addIn(value, [...at, field], addressing.has(field), setting, faults)
}

function addIn(value: unknown, at: PlanPath, byIdAlone: boolean, setting: Setting, faults: FaultList): void {
  if (typeof value === 'string') {
    const found = value.includes('{{') || value.includes('${') ? referenceIn(value, byIdAlone, setting.reader) : undefined
    if (found === undefined) return
    const { about } = setting
    const text = isSecretAt(at) ? concealed : excerpt(value, found.written)
    faults.push({ type: 'text-like-reference', at, text, ...found, ...(about && { of: operationName(about) }) })
  } else if (Array.isArray(value)) value.forEach((member: unknown, index) => addIn(member, [...at, index], byIdAlone, setting, faults))
  else if (isPlainObject(value) && markerKeyOf(value) === undefined)
    for (const [key, member] of Object.entries(value)) addIn(member, [...at, key], byIdAlone, setting, faults)
}

interface TextReference {
  readonly written: string
  readonly path: string
}

/** The first in a text that was meant as a reference. What is in braces is looked at once: another brace ends it. */
function referenceIn(text: string, byIdAlone: boolean, { scope }: MarkerReader): TextReference | undefined {
  for (const match of text.matchAll(/\{\{([^{}]{1,400})\}\}|\$\{([^{}]{1,400})\}/g)) {
    const path = (match[1] ?? match[2]!).trim()
    const [written] = match
    // A loop of other languages calls its item so; in content such braces may be a template of theirs.
    if (byIdAlone && scope.items && /^item(?=[.[]|$)/.test(path) && resolveReference(path, scope.names).type === 'unknown')
      return { written, path: `$${path}` }
    const special = /^\$(item|input)(?=[.[]|$)/.exec(path)?.[1]
    if (special !== undefined && (special === 'item' ? scope.items : scope.inputs.size > 0)) return { written, path }
    const resolved = resolveReference(path, scope.names)
    if (resolved.type === 'ambiguous') return { written, path }
    if (resolved.type === 'path') {
      const { id, keys } = resolved.path
      if (byIdAlone || (keys.length > 0 && scope.names.declares(id, keys))) return { written, path }
      continue
    }
    // Other runners of plans keep their results under such a name.
    const below = /^(?:steps|operations|results|outputs|tasks|nodes|needs)\.(.+)$/.exec(path)?.[1]
    const inner =
      below === undefined ? undefined : resolveReference(below.replace(/\.(?:outputs?|results?|value)(?=\.|$)/, ''), scope.names)
    if (inner?.type === 'path' && inner.path.keys.length > 0 && scope.names.declares(inner.path.id, inner.path.keys))
      return { written, path: inner.path.text }
  }
  return undefined
}

const most = 60

/** The text around what was found, short enough to be shown with the right form. */
function excerpt(text: string, written: string): string {
  if (text.length <= most) return text
  const at = text.indexOf(written)
  const [from, to] = [Math.max(0, at - 10), Math.min(text.length, at + written.length + 10)]
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`
}
