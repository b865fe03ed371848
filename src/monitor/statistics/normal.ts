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
