import * as fc from 'fast-check'
import { take } from './virtualRun.js'

/** Small plans with dependencies, retries, failures, weights and a pool. Times are whole ms, so that sums come out even. */
export const arbitraryPlan = fc
  .record({
    concurrency: fc.integer({ min: 2, max: 4 }),
    operations: fc.array(
      fc.record({
        ms: fc.integer({ min: 0, max: 400 }),
        needs: fc.array(fc.nat(30), { maxLength: 3 }),
        failures: fc.constantFrom(0, 0, 0, 1, 2, 5),
        weight: fc.constantFrom(1, 1, 1, 2),
        pool: fc.boolean(),
        other: fc.boolean(),
        always: fc.boolean(),
      }),
      { minLength: 1, maxLength: 25 },
    ),
  })
  .map(({ concurrency, operations }) => ({
    concurrency,
    pools: { scarce: 2 },
    operations: operations.map(({ ms, needs, failures, weight, pool, other, always }, index) => ({
      ...take(`n${index}`, ms, {
        dependencies: [...new Set(needs.map((need) => need % Math.max(1, index)))].filter((need) => need < index).map((need) => `n${need}`),
        retry: { attempts: 3, delayMs: 100 },
        weight,
      }),
      params: { ms, failures },
      ...(pool && { pool: 'scarce' }),
      ...(other && { operation: 'other' }),
      ...(always && { when: 'settled' }),
    })),
  }))
