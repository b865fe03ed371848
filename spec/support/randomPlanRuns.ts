import fc, { type Arbitrary } from 'fast-check'
import type { Entry } from './checkerTranscript.js'
import type { RandomRun } from './randomPlan.js'

/** How many random graphs the proofs run: MILLRACE_GRAPHS, else 20,000 where CI=true, else 2,000. */
export const graphs = Number(process.env['MILLRACE_GRAPHS'] ?? (process.env['CI'] === 'true' ? 20_000 : 2_000))

/**
 * Holds a property against random inputs. `broken` lists what is wrong with one; nothing when all is well.
 *
 * A failure tells the seed and the path of the smallest input found. MILLRACE_SEED and MILLRACE_PATH run that very one again.
 */
export async function holds<A>(inputs: Arbitrary<A>, runs: number, broken: (input: A) => Promise<readonly string[]>): Promise<void> {
  const { MILLRACE_SEED: seed, MILLRACE_PATH: path } = process.env
  const property = fc.asyncProperty(inputs, async (input) => {
    const found = await broken(input)
    if (found.length > 0) throw new Error(found.join('\n'))
  })
  const result = await fc.check(property, {
    numRuns: runs,
    ...(seed !== undefined && { seed: Number(seed) }),
    ...(path !== undefined && { path }),
  })
  if (!result.failed) return
  const { counterexamplePath, errorInstance, numRuns, numShrinks } = result
  const why = errorInstance instanceof Error ? errorInstance.stack : String(errorInstance)
  throw new Error(
    `Broken after ${numRuns} random inputs; this one was made smaller ${numShrinks} times.\n` +
      `To see it again: MILLRACE_SEED=${result.seed} MILLRACE_PATH=${counterexamplePath}\n${why}`,
  )
}

/** What was broken in a run, with all that is needed to follow it by hand. */
export function story(
  broken: readonly string[],
  run: RandomRun,
  order: readonly string[],
  transcript: readonly Entry[],
): readonly string[] {
  if (broken.length === 0) return []
  const { plan, bodies, ...others } = run
  return [
    ...broken,
    `plan: ${JSON.stringify(plan)}`,
    `bodies: ${JSON.stringify([...bodies])}`,
    `others: ${JSON.stringify(others)}`,
    `order: ${order.join(', ')}`,
    ...transcript.map((entry, place) => `${String(place).padStart(4)} ${JSON.stringify(entry.type === 'told' ? entry.event : entry)}`),
  ]
}
