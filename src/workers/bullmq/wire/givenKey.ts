import { describeKeyFault, queueKeyVariable, readQueueKey } from './queueKey.js'

/** The key that a caller gave, else that of the environment. Throws where there is none. */
export function givenKey(key: string | undefined): Uint8Array {
  const read = readQueueKey(key ?? process.env[queueKeyVariable])
  if (read._tag === 'Left') throw new TypeError(describeKeyFault(read.left))
  return read.right
}
