import type { Command } from 'commander'
import { resolve } from 'node:path'

// Only commander is loaded here: help must not wait for anything else.

/** The forms a run can be written in, each to the file named. */
export interface ReportFlags {
  readonly html?: string
  readonly all?: true
}

export function withReportFlags(command: Command): Command {
  return command
    .option('--html <file>', 'write the run as one HTML page, which needs no network')
    .option('--all', 'with reports: keep all output, instead of 8 kB an operation and 4 MB in all')
}

/** A form a run is written in: its flag has the file. */
export type ReportForm = Exclude<keyof ReportFlags, 'all'>

export const reportForms: readonly ReportForm[] = ['html']

/** Whether any form was asked for. */
export function wantsReport(flags: ReportFlags): boolean {
  return reportForms.some((form) => flags[form] !== undefined)
}

/** What is wrong with the files that were named: a flag takes the word behind it, which may be the plan. */
export function reportFault(flags: ReportFlags, plan: string): string | undefined {
  const over = reportForms.find((form) => flags[form] !== undefined && resolve(flags[form]) === resolve(plan))
  return over && `--${over} would replace the plan itself, ${plan}. Name another file behind it.`
}
