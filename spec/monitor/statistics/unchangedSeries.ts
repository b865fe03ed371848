import { seededRandom } from '../../../src/engine/time/random.js'

export interface Noise {
  /** Standard deviation of the logarithm. */
  readonly spread: number
  /** Of the machine's own drift, an AR(1) process of this standard deviation and correlation of neighbours. */
  readonly drift: number
  readonly correlation: number
  /** How often a value is half again to three and a half times what it would have been. */
  readonly outliers: number
}

/** What runs on a shared machine look like: lognormal 8 %, drift 3 %, an outlier in 33. */
export const usual: Noise = { spread: 0.08, drift: 0.03, correlation: 0.5, outliers: 0.03 }

/** Endless series of makespans around 1,000 ms that do not change, each as long as asked for. */
export function unchangedSeries(seed: number, { spread, drift, correlation, outliers }: Noise = usual): (length: number) => number[] {
  const random = seededRandom(seed)
  // Box and Muller (1958).
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return (length) => {
    let machine = drift * normal()
    return Array.from({ length }, () => {
      machine = correlation * machine + Math.sqrt(1 - correlation ** 2) * drift * normal()
      const value = 1_000 * Math.exp(spread * normal() + machine)
      return random() < outliers ? value * (1.5 + 2 * random()) : value
    })
  }
}
