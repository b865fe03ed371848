/** A figure to a hundredth: more digits would only cost tokens. */
export function hundredths(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : 0
}
