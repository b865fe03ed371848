import type { Finding } from './finding.js'
import { growthExponent } from './statistics.js'

/** How CPU time grows with size, by contender, over the findings of one shape with synchronous bodies. */
export function growthOf(findings: readonly Finding[], shape: string): readonly (readonly [contender: string, exponent: number])[] {
  const sized = findings
    .filter(({ name }) => new RegExp(`^${shape} \\d+(k|M)$`).test(name))
    .filter(({ operations }) => operations >= 100_000)
  if (sized.length < 2) return []
  const contenders = [...new Set(sized.flatMap((finding) => finding.of.map(({ contender }) => contender)))]
  return contenders.flatMap((contender) => {
    const points = sized.flatMap(({ operations, of }) => {
      const value = of.find((one) => one.contender === contender)?.value
      return value === undefined ? [] : [[operations, value.median * operations] as const]
    })
    return points.length < 2 ? [] : [[contender, growthExponent(points)] as const]
  })
}
