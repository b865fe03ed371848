/**
 * How sure a two-sided test with this z is, from 0 to 1: `2Φ(|z|) − 1`, the error function of |z| ÷ √2 by formula 7.1.26 of Abramowitz
 * and Stegun (1964), which is right to 1.5 × 10⁻⁷.
 */
export function confidenceOf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return 1 - polynomial * Math.exp(-x * x)
}

/** The |z| that one of `1 ÷ p` two-sided tests passes by chance: formula 26.2.23 of Abramowitz and Stegun (1964), right to 4.5 × 10⁻⁴. */
export function zOfChance(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p / 2))
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
}
