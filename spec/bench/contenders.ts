import { identity } from 'rxjs'
import { monitor, toNdjson, type BatchEvent } from '../../src/index.js'
import type { Contender } from './contender.js'
import { handLoop } from './handLoop.js'
import { handMeter } from './handMeter.js'
import { millrace } from './millrace.js'

const heard = { events: 0, characters: 0 }

/** Takes in every event and keeps none. */
const hear = (): void => void heard.events++
const write = (line: string): void => void (heard.characters += line.length)

const own: Readonly<Record<string, () => Contender>> = {
  'by hand': () => handLoop(hear),
  'by hand, metered': metered,
  'by hand, NDJSON': () => handLoop((event: BatchEvent) => write(`${JSON.stringify(event)}\n`)),
  millrace: () => millrace(identity, hear),
  'with monitor': () => millrace(monitor(), hear),
  'millrace, NDJSON': () => millrace(toNdjson(), write),
}

/** The loop which also adds up what it tells; of one run. */
function metered(): Contender {
  return {
    prepare(job) {
      const meter = handMeter(job.shape.size, job.concurrency)
      return handLoop((event: BatchEvent) => {
        meter.observe(event)
        hear()
      }).prepare(job)
    },
  }
}

/** The peers and the file that runs each. */
export const peers = {
  'p-limit': 'pLimit',
  'p-queue': 'pQueue',
  'p-graph': 'pGraph',
  'async.auto': 'asyncAuto',
  effect: 'effect',
  'rxjs gates': 'rxjsGates',
  'rxjs levels': 'rxjsLayers',
} as const

export type PeerName = keyof typeof peers
export const peerNames = Object.keys(peers) as readonly PeerName[] // Those of the object just above.

export function isPeer(contender: string): boolean {
  return Object.hasOwn(peers, contender)
}

export async function contenderOf(name: string): Promise<Contender> {
  const make = own[name]
  if (make !== undefined) return make()
  // A module of the folder beside this one, each of which exports `prepare`.
  return (await import(`./peers/${peers[name as PeerName]}.mjs`)) as Contender
}
