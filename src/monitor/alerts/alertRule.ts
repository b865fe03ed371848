import * as E from 'fp-ts/lib/Either.js'
import { nearest } from '../../model/fault/nearest.js'
import { quoteText } from '../../model/fault/quote.js'
import type { AlertRule } from '../../model/metrics/alert.js'

/** What is wrong with the text of a rule, with the way out. */
export type AlertRuleFault =
  | { readonly type: 'unknown-rule'; readonly rule: string; readonly nearest?: string }
  | { readonly type: 'invalid-bound'; readonly rule: string }
  | {
      readonly type: 'unknown-type'
      readonly operation: string
      readonly known: readonly string[]
      readonly where: 'plan' | 'configuration'
    }

const recentMs = 10_000
const p95 = /^(.+)\.p95Ms$/u
const rules = ['failure-rate', 'retry-storm', 'stalled', 'no-progress'] as const
const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 }

/**
 * A rule as it is written in a flag or the configuration: `failure-rate>0.1`, `retry-storm>50%` (of the last 10 s), `stalled>30s`,
 * `no-progress>2m`, `shell.run.p95Ms>500`. Times without a unit are ms.
 */
export function alertRule(text: string): E.Either<AlertRuleFault, AlertRule> {
  const [, name = text.trim(), bound = ''] = /^([^>]*?)\s*>\s*(.*?)\s*$/u.exec(text.trim()) ?? []
  const [, operation] = p95.exec(name) ?? []
  const known = rules.find((rule) => rule === name)
  if (operation === undefined && known === undefined) {
    const near = nearest(name, rules)
    return E.left({ type: 'unknown-rule', rule: text, ...(near !== undefined && { nearest: near }) })
  }
  const isShare = known === 'failure-rate' || known === 'retry-storm'
  const value = isShare ? shareOf(bound) : msOf(bound)
  if (value === undefined) return E.left({ type: 'invalid-bound', rule: text })
  if (operation !== undefined) return E.right({ type: 'p95', operation, aboveMs: value })
  switch (known!) {
    case 'failure-rate':
      return E.right({ type: 'failure-rate', above: value })
    case 'retry-storm':
      return E.right({ type: 'retry-storm', above: value, withinMs: recentMs })
    case 'stalled':
      return E.right({ type: 'stalled', forMs: value })
    case 'no-progress':
      return E.right({ type: 'no-progress', forMs: value })
  }
}

/** Says what is wrong with the text of a rule, and how to write it. */
export function describeAlertRuleFault(fault: AlertRuleFault): string {
  switch (fault.type) {
    case 'unknown-rule':
      return `${quoteText(fault.rule)} is not an alert rule.${meant(fault.nearest)} There are: failure-rate>0.1, retry-storm>0.5, stalled>30s, no-progress>30s, and the p95 of an operation type, such as shell.run.p95Ms>500.`
    case 'invalid-bound':
      return `${quoteText(fault.rule)} needs a bound after ">": a share from 0 to 1 or in percent (failure-rate>0.1, retry-storm>50%), or a time (stalled>30s, no-progress>2m, shell.run.p95Ms>500).`
    case 'unknown-type': {
      const near = meant(nearest(fault.operation, fault.known))
      const named = quoteText(fault.operation)
      if (fault.where === 'configuration') return `no operation type is called ${named}.${near} There are: ${fault.known.join(', ')}.`
      return fault.known.length === 0
        ? `the plan has no operation of the type ${named}: it has no operations.`
        : `the plan has no operation of the type ${named}.${near} It has: ${fault.known.join(', ')}.`
    }
  }
}

function meant(near: string | undefined): string {
  return near === undefined ? '' : ` Did you mean ${quoteText(near)}?`
}

function shareOf(text: string): number | undefined {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)\s*(%?)$/u.exec(text) ?? []
  const share = digits === undefined ? NaN : Number(digits) / (percent === '%' ? 100 : 1)
  return share >= 0 && share < 1 ? share : undefined
}

function msOf(text: string): number | undefined {
  const [, digits, unit = 'ms'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/u.exec(text) ?? []
  const ms = digits === undefined ? NaN : Number(digits) * units[unit]!
  return ms > 0 && ms < Infinity ? ms : undefined
}
