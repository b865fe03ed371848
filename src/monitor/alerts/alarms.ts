import type { Alert, AlertRule } from '../../model/metrics/alert.js'
import { judge, type Moment } from './judge.js'

/** Watches rules over the samples of one run; answers those whose condition began to hold since the sample before. */
export function alarms(rules: readonly AlertRule[]): (moment: Moment) => readonly Alert[] {
  const holding = new Set<AlertRule>()
  return (moment) =>
    rules.flatMap((rule) => {
      const alert = judge(rule, moment)
      const already = holding.has(rule)
      if (alert === undefined) holding.delete(rule)
      else holding.add(rule)
      return alert === undefined || already ? [] : [alert]
    })
}
