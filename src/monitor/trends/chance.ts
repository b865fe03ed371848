/**
 * A series is looked at again and again while a run lasts, each time at every split. Its largest |z| of all passes 3.0 + 0.45 × lg(1 ÷ α)
 * by chance in a share α of runs: by simulation, 20,000 series of 6,000 values each, for α from 1 in 10 to 1 in 2,000
 * (spec/monitor/trends/falseAlarms.spec.ts).
 */
const atOne = 3
const perTenth = 0.45
/** Of all runs without a change, so many are told to have one, all series together. Half of the 1 % that docs/monitor.md states. */
const falsely = 0.005

/** What |z| has to pass, where so many series of a run are looked at. */
export function criticalZ(series: number): number {
  return atOne + perTenth * Math.log10(series / falsely)
}

/** How sure it is, from 0 to 1, that a |z| is not by chance. */
export function sureness(z: number, series: number): number {
  return 1 - Math.min(1, series * 10 ** (-(Math.abs(z) - atOne) / perTenth))
}
