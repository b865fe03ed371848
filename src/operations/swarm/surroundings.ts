import type { OperationRegistry } from '../../model/operationType.js'
import type { Workplace } from '../agent/workplace.js'
import type { Swarm } from './swarm.js'
import type { Swarms } from './swarms.js'

/** What the operations on swarms of one registry share. */
export interface Surroundings {
  readonly swarms: Swarms
  readonly place: Workplace
  readonly registry: () => OperationRegistry
  /** Finds by id or name: those made through this registry come first. Throws when there is none. */
  readonly find: (asked: string | undefined) => Swarm
  readonly made: (swarm: Swarm) => void
}

/** What a swarm is called when its plan does not say. */
export const defaultName = 'main'

export function surroundings(swarms: Swarms, place: Workplace, registry: () => OperationRegistry): Surroundings {
  // Two batches that run at the same time may both call their swarm by the default name: each means its own.
  const own = new Map<string, Swarm>()
  return {
    swarms,
    place,
    registry,
    made: (swarm) => void own.set(swarm.name, swarm),
    find(asked = defaultName) {
      const mine = own.get(asked)
      return mine?.alive === true ? mine : swarms.find(asked)
    },
  }
}
