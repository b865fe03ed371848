import type { AnyOperationType, OperationRegistry } from '../../model/operationType.js'
import type { Workplace } from '../agent/workplace.js'
import { assign } from './assign.js'
import { coordinate } from './coordinate.js'
import { init } from './init.js'
import { message } from './message.js'
import { spawn } from './spawn.js'
import { status } from './status.js'
import { surroundings } from './surroundings.js'
import type { Swarms } from './swarms.js'
import { terminate } from './terminate.js'

/**
 * The operations of type `swarm`. `registry` gives those that agents can be asked to perform.
 *
 * Swarms live in `swarms`, beyond the run that made them. Names are those of one such list of operations first: made once for each
 * batch, two batches never mean each other's swarm by the same name.
 */
export function swarmOperations(swarms: Swarms, place: Workplace, registry: () => OperationRegistry): readonly AnyOperationType[] {
  const around = surroundings(swarms, place, registry)
  return [init(around), spawn(around), assign(around), coordinate(around), message(around), status(around), terminate(around)]
}
