import { seededRandom } from './time/random.js'

/** A run's id: a random UUID, or one that follows from the seed, so that the same seed gives the same events. */
export function runIdOf(seed: number | undefined): string {
  if (seed === undefined) return crypto.randomUUID()
  // A generator of its own: drawing the id must not shift the delays.
  const random = seededRandom(~seed)
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
