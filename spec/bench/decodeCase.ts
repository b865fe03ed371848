import { decodePlan } from '../../src/index.js'
import type { Sample } from './sample.js'
import { timed } from './timed.js'

/** A plan as a message: read and checked in form, or parsed as JSON alone. */
export interface DecodeSettings {
  readonly operations: number
}

export async function measureDecode(contender: string, { operations }: DecodeSettings): Promise<Sample> {
  const text = JSON.stringify({ operations: Array.from({ length: operations }, (_, index) => written(index)) })
  let count = 0
  const spent = await timed(() => {
    const message = JSON.parse(text) as { readonly operations: readonly unknown[] } // As it was written above.
    if (contender === 'by hand') count = message.operations.length
    else {
      const decoded = decodePlan(message)
      count = decoded._tag === 'Right' ? decoded.right.operations.length : 0
    }
  })
  return { operations, ...spent, problems: count === operations ? [] : [`${count} of ${operations} operations were read`] }
}

function written(index: number): object {
  const dependencies = [1, 2, 3].flatMap((back) => (index < back ? [] : [`o${index - back}`]))
  return { id: `o${index}`, type: 'file', operation: 'read', params: { path: `app/f${index}` }, dependencies, priority: 'high' }
}
