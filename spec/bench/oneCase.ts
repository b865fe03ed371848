import { operation, runBatch } from '../../src/index.js'
import type { Sample } from './sample.js'
import { timed } from './timed.js'

/** A batch of one function, again and again. */
export interface OneSettings {
  readonly batches: number
}

/** As many as are run before it is timed: a server or an app that runs small batches has long been warm. */
const warmUp = 2_000

export async function measureOne(contender: string, { batches }: OneSettings): Promise<Sample> {
  const once = contender === 'by hand' ? byHand : byMillrace()
  let sum = 0
  for (let batch = 0; batch < warmUp; batch++) await once(batch)
  const spent = await timed(async () => {
    for (let batch = 0; batch < batches; batch++) sum += await once(batch)
  })
  const expected = (batches * (batches - 1)) / 2
  return { operations: batches, ...spent, problems: sum === expected ? [] : [`the values add up to ${sum} and not to ${expected}`] }
}

const byHand = (batch: number): Promise<number> => Promise.resolve(batch)

function byMillrace(): typeof byHand {
  let current = 0
  const one = operation('one', () => current)
  return (batch) =>
    new Promise((resolve, reject) => {
      current = batch
      let value = NaN
      runBatch([one]).subscribe({
        next(event) {
          if (event.type === 'operation-succeeded') value = event.value as number // As `one` gives it.
        },
        error: reject,
        complete: () => resolve(value),
      })
    })
}
