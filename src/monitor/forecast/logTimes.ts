/** Times of operations that are alike, as logarithms: how many, their mean, and their sum of squared distances from it (Welford, 1962). */
export interface LogTimes {
  count: number
  mean: number
  squares: number
}

export function logTimes(): LogTimes {
  return { count: 0, mean: 0, squares: 0 }
}

export function addTime(times: LogTimes, ms: number): void {
  const log = Math.log(Math.max(ms, leastMs))
  times.count++
  const off = log - times.mean
  times.mean += off / times.count
  times.squares += off * (log - times.mean)
}

/** A lognormal distribution that the times may come from. */
export interface Drawn {
  readonly mean: number
  readonly deviation: number
}

const leastMs = 0.01
/** Operations of a type come in groups that are more alike than others: so many tell no more of the mean than one. */
const alike = 14
/** What is taken for known beforehand: as if three more times had been seen, with a standard deviation of 0.7. Both by trial on recorded workflows. */
const prior = { count: 3, deviation: 0.7 }

/**
 * One of the distributions that the times may come from, each as often as they make it likely: a variance by the inverse of χ², a mean
 * about that of the times (the posterior of a normal distribution with unknown mean and variance).
 */
export function drawDistribution({ count, mean, squares }: LogTimes, normal: () => number): Drawn {
  const freedom = count - 1 + prior.count
  const variance = ((squares + prior.count * prior.deviation ** 2) / freedom) * drawRatio(freedom, normal) ** 2
  return { mean: mean + normal() * Math.sqrt((alike * variance) / count), deviation: Math.sqrt(variance) }
}

/** How many times as large a standard deviation may be as one that was told from values of so much freedom: χ² by Wilson and Hilferty (1931). */
export function drawRatio(freedom: number, normal: () => number): number {
  const root = 1 - 2 / (9 * freedom) + normal() * Math.sqrt(2 / (9 * freedom))
  return Math.max(0.2, root) ** -1.5
}
