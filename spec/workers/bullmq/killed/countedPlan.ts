// Operations that note each time they are performed: what the specs of kills count.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { closed } from '../../../../src/model/codec/closed.js'
import { boolean, integer } from '../../../../src/model/codec/values.js'
import { noEffects } from '../../../../src/model/effects.js'
import { operationRegistry, type OperationRegistry } from '../../../../src/model/operationType.js'
import { timing, type Timing } from '../../../../src/workers/bullmq/wire/timing.js'

export const queueKey = Buffer.alloc(32, 5).toString('base64')

/** Times a tenth as long, so that what is lost is found within the time of a spec. */
export const shortTiming: Timing = { ...timing, lockMs: 3_000, checkMs: 1_000, sweepMs: 300, noWorkerMs: 300_000, unreachableMs: 300_000 }

export const timingNamed = (name: string | undefined): Timing => (name === 'real' ? { ...timing, noWorkerMs: 300_000 } : shortTiming)

/** Once it is there, the last operation ends: until then the run goes on, however late whoever kills it is. */
export const lastMayEnd = (file: string): string => `${file}.last`

/** `count.do` adds the key of its attempt to a file, in one write, and takes a little while. */
export function countingOperations(file: string): OperationRegistry {
  const params = closed('parameters of count.do', { of: integer(), ms: integer() }, { last: boolean })
  return operationRegistry([
    {
      type: 'count',
      operation: 'do',
      summary: 'Notes that it is performed.',
      params,
      result: integer(),
      effects: noEffects,
      repeatable: () => true,
      perform: async ({ of, ms, last }: typeof params._A, { runId, id, attempt }: { runId: string; id: string; attempt: number }) => {
        appendFileSync(file, `${runId}/${id}/${attempt}\n`)
        do await new Promise((resolve) => setTimeout(resolve, ms))
        while (last && !existsSync(lastMayEnd(file)))
        return of
      },
    },
  ])
}

export function countedPlan(size: number, ms: number): readonly object[] {
  return Array.from({ length: size }, (_, of) => ({
    id: `n${of}`,
    type: 'count.do',
    place: 'any',
    params: { of, ms, ...(of === size - 1 && { last: true }) },
    retry: { attempts: 5, delayMs: 0 },
  }))
}

export function executionsIn(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
}
