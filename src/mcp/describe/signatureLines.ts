import type { OperationRegistry, OperationType } from '../../model/operationType.js'
import { signatureOf } from './signature.js'

/**
 * The operation types of a registry, a line for each family: `file: read{path,…} write|create{path,content,…}`.
 *
 * Never longer than `most` characters: optional parameters are left out (`…`) until it fits, then the parameters as a whole.
 */
export function signatureLines(registry: OperationRegistry, most: number): string {
  for (const mostOptional of [Infinity, 6, 4, 3, 2, 1, 0]) {
    const lines = linesOf(registry, (type) => signatureOf(type.params, mostOptional))
    if (lines.length <= most) return lines
  }
  const bare = linesOf(registry, () => '')
  return bare.length <= most ? bare : `${bare.slice(0, most - 1)}…`
}

function linesOf(registry: OperationRegistry, told: (type: OperationType) => string): string {
  const families = new Map<string, Map<string, string[]>>()
  for (const type of registry.values()) {
    const family = families.get(type.type) ?? new Map<string, string[]>()
    families.set(type.type, family)
    const signature = told(type)
    family.set(signature, [...(family.get(signature) ?? []), type.operation])
  }
  return [...families].map(([name, family]) => `${name}: ${[...family].map(([of, names]) => names.join('|') + of).join(' ')}`).join('\n')
}
