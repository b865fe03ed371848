import type { OperationRegistry } from '../../model/operationType.js'
import type { Workplace } from '../agent/workplace.js'
import { defaultName } from './params.js'
import type { Swarm } from './swarm.js'
import type { Asked } from './swarmEffects.js'
import type { Swarms } from './swarms.js'

/** What the operations on swarms of one registry share. */
export interface Surroundings {
  readonly swarms: Swarms
  readonly place: Workplace
  readonly registry: () => OperationRegistry
  /** Finds by id or name: those made through this registry come first. Throws when there is none. */
  readonly find: (asked: string | undefined) => Swarm
  readonly made: (swarm: Swarm) => void
  /** The name by which a swarm's place among the effects goes, also where it is asked for by its id. */
  readonly placeOf: (asked: Asked) => Asked
}

export function surroundings(swarms: Swarms, place: Workplace, registry: () => OperationRegistry): Surroundings {
  // Two batches that run at the same time may both call their swarm by the default name: each means its own.
  const own = new Map<string, Swarm>()
  return {
    swarms,
    place,
    registry,
    placeOf: (asked) => swarms.live.find(({ id }) => id === asked)?.name ?? asked,
    made: (swarm) => void own.set(swarm.name, swarm),
    find(asked = defaultName) {
      const mine = own.get(asked)
      return mine?.alive === true ? mine : swarms.find(asked)
    },
  }
}
