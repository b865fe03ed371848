import type { Command } from 'commander'
import { resolve } from 'node:path'

// Only commander is loaded here: help must not wait for anything else.

/** The forms a run can be written in, each to the file named. */
export interface ReportFlags {
  readonly html?: string
  readonly junit?: string
  readonly trace?: string
  readonly otlp?: string
  readonly openmetrics?: string
  readonly github?: true
  readonly all?: true
}

/** A form that goes to a file: its flag has the name. */
export type ReportForm = Exclude<keyof ReportFlags, 'all' | 'github'>

export const reportForms: readonly ReportForm[] = ['html', 'junit', 'trace', 'otlp', 'openmetrics']

export function withReportFlags(command: Command): Command {
  return command
    .option('--html <file>', 'write the run as one HTML page, which needs no network')
    .option('--junit <file>', 'write it as JUnit XML, for build servers')
    .option('--trace <file>', 'write it as a Chrome trace, for ui.perfetto.dev')
    .option('--otlp <file>', 'write it as spans, OTLP/JSON, for a collector')
    .option('--openmetrics <file>', 'write its figures as OpenMetrics text')
    .option('--github', 'add it to the job summary, with error annotations (by itself under GitHub Actions)')
    .option('--all', 'with reports: keep all output, instead of 8 kB an operation and 4 MB in all')
}

/** Whether any form was asked for: under GitHub Actions its summary is. */
export function wantsReport(flags: ReportFlags, env: NodeJS.ProcessEnv): boolean {
  return wantsGithub(flags, env) || reportForms.some((form) => flags[form] !== undefined)
}

export function wantsGithub({ github }: ReportFlags, env: NodeJS.ProcessEnv): boolean {
  return github === true || (env['GITHUB_ACTIONS'] === 'true' && (env['GITHUB_STEP_SUMMARY'] ?? '') !== '')
}

/** What is wrong with the files that were named: a flag takes the word behind it, which may be the plan. */
export function reportFault(flags: ReportFlags, env: NodeJS.ProcessEnv, plan?: string): string | undefined {
  if (flags.github === true && (env['GITHUB_STEP_SUMMARY'] ?? '') === '')
    return '--github adds to the file that GITHUB_STEP_SUMMARY names, as it does in a job on GitHub: here it names none.'
  const over = reportForms.find((form) => plan !== undefined && flags[form] !== undefined && resolve(flags[form]) === resolve(plan))
  if (over !== undefined) return `--${over} would replace the plan itself, ${plan}. Name another file behind it.`
  const files = new Map<string, ReportForm>()
  for (const form of reportForms) {
    if (flags[form] === undefined) continue
    const other = files.get(resolve(flags[form]))
    if (other !== undefined) return `--${other} and --${form} name the same file, ${flags[form]}. Give each its own.`
    files.set(resolve(flags[form]), form)
  }
  return undefined
}
