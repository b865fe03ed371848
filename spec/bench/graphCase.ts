import { contenderOf } from './contenders.js'
import { freeUnused, heldBytes } from './cpu.js'
import type { Holding, Sample } from './sample.js'
import { shapeOf, type ShapeName } from './shape.js'
import { timed } from './timed.js'
import { workOf, type WorkKind } from './work.js'

/** One graph of operations, run by whoever can. */
export interface GraphSettings {
  readonly shape: ShapeName
  readonly size: number
  readonly work: WorkKind
  readonly concurrency: number
  /** Runs it so many times in one process: of a small graph one run is too short to be timed. */
  readonly repeats: number
}

export async function measureGraph(contender: string, settings: GraphSettings): Promise<Sample> {
  const { size, repeats, concurrency } = settings
  const shape = shapeOf(settings.shape, size)
  const work = workOf(shape, { kind: settings.work, concurrency })
  const { run, reading } = await (await contenderOf(contender)).prepare({ shape, work, concurrency })
  const found = new Set<string>()
  const spent = await timed(async () => {
    for (let round = 0; round < repeats; round++) {
      if (round > 0) work.reset()
      await run()
      work.problems().forEach((problem) => found.add(problem))
    }
  })
  const schedule = work.times()
  return {
    operations: size * repeats,
    ...spent,
    ...(reading !== undefined && { readingUs: reading }),
    ...(schedule !== undefined && { schedule }),
    problems: [...found],
  }
}

/** What a run holds half way, an operation, beyond what it was given. Not timed: it collects garbage in the middle. */
export async function holdingOfGraph(contender: string, settings: GraphSettings): Promise<Holding> {
  const { size, concurrency } = settings
  const shape = shapeOf(settings.shape, size)
  let half = NaN
  const halfWay = (): void => {
    freeUnused()
    half = heldBytes()
  }
  const work = workOf(shape, { kind: settings.work, concurrency, halfWay })
  const { run } = await (await contenderOf(contender)).prepare({ shape, work, concurrency })
  freeUnused()
  const before = heldBytes()
  await run()
  return { bytesPerOperation: (half - before) / size }
}
