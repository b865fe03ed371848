import type { Command } from 'commander'
import { existsSync, statSync } from 'node:fs'
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

/** Where `-` leads, here as elsewhere. Its other name cannot be replaced by a file. */
export function isStdout(file: string | undefined): boolean {
  return file === '-' || file === '/dev/stdout'
}

/** The form that goes to stdout, in the place of what people read there. */
export function formOnStdout(flags: ReportFlags): ReportForm | undefined {
  return reportForms.find((form) => isStdout(flags[form]))
}

export function withReportFlags(command: Command): Command {
  return command
    .option('--html <file>', 'write the run as one HTML page, which needs no network; for this and the other forms - is stdout')
    .option('--junit <file>', 'write it as JUnit XML, for build servers')
    .option('--trace <file>', 'write it as a Chrome trace, for ui.perfetto.dev')
    .option('--otlp <file>', 'write it as spans, OTLP/JSON, for a collector')
    .option('--openmetrics <file>', 'write its figures as OpenMetrics text')
    .option('--github', 'add it to the job summary, with error annotations (default under GitHub Actions)')
    .option('--all', 'with reports: keep all output, instead of 8 kB an operation and 4 MB in all')
}

/** The same files, named from another folder than the one where they were typed. */
export function withFilesFrom<Flags extends ReportFlags>(flags: Flags, folder: string): Flags {
  return { ...flags, ...Object.fromEntries(namedFiles(flags, folder).map(({ form, path }) => [form, path])) }
}

/** The same flags, without a form that goes to stdout. */
export function withoutStdout<Flags extends ReportFlags>(flags: Flags): Flags {
  const form = formOnStdout(flags)
  if (form === undefined) return flags
  const { [form]: _file, ...others } = flags
  return others as Flags // It may be missing in all of them.
}

/** Whether any form was asked for: under GitHub Actions its summary is. */
export function wantsReport(flags: ReportFlags, env: NodeJS.ProcessEnv): boolean {
  return wantsGithub(flags, env) || reportForms.some((form) => flags[form] !== undefined)
}

export function wantsGithub({ github }: ReportFlags, env: NodeJS.ProcessEnv): boolean {
  return github === true || (env['GITHUB_ACTIONS'] === 'true' && (env['GITHUB_STEP_SUMMARY'] ?? '') !== '')
}

/** Other flags that write to stdout, and how often a command that makes reports does so. */
interface OtherFlags {
  readonly json?: true
  readonly events?: true
  readonly tokens?: true
  readonly repeat?: number
}

/** What is wrong with the files that were named: a flag takes the word behind it, which may be the plan. */
export function reportFault(flags: ReportFlags & OtherFlags, env: NodeJS.ProcessEnv, plan?: string): string | undefined {
  if (flags.github === true && (env['GITHUB_STEP_SUMMARY'] ?? '') === '')
    return '--github adds to the file that GITHUB_STEP_SUMMARY names, and this variable is not set. In a job on GitHub it is.'
  const unusable = reportForms.map((form) => nameFault(form, flags[form])).find((fault) => fault !== undefined)
  if (unusable !== undefined) return unusable
  const crowded = stdoutFault(flags)
  if (crowded !== undefined) return crowded
  const files = namedFiles(flags)
  const over = files.find(({ path }) => plan !== undefined && path === resolve(plan))
  if (over !== undefined) return `--${over.form} would replace the plan itself, ${plan}. Name another file after it.`
  for (const [index, { form, path }] of files.entries()) {
    const other = files.slice(0, index).find((before) => before.path === path)
    if (other !== undefined) return `--${other.form} and --${form} name the same file, ${flags[form]}. Give each its own.`
  }
  return undefined
}

/** Told before the run: afterwards its report would be lost. */
function nameFault(form: ReportForm, file: string | undefined): string | undefined {
  if (file === '') return `--${form} has an empty name. Name a file, or - for stdout.`
  const isFolder = file !== undefined && !isStdout(file) && existsSync(file) && statSync(file).isDirectory()
  return isFolder ? `--${form} ${file}: this is a folder. Name a file in it.` : undefined
}

function stdoutFault(flags: ReportFlags & OtherFlags): string | undefined {
  const form = formOnStdout(flags)
  if (form === undefined) return undefined
  const others = [
    ...reportForms.filter((other) => other !== form && isStdout(flags[other])),
    ...(['json', 'events', 'tokens'] as const).filter((other) => flags[other]),
  ]
  if (others[0] !== undefined) return `--${form} - and --${others[0]} both write to stdout. Name a file after --${form}.`
  if (flags.repeat !== undefined)
    return `--repeat makes several runs, and --${form} - writes one to stdout. Name a file after --${form}: it has the last.`
  return undefined
}

function namedFiles(flags: ReportFlags, folder = '.'): readonly { readonly form: ReportForm; readonly path: string }[] {
  return reportForms.flatMap((form) => {
    const file = flags[form]
    return file === undefined || isStdout(file) ? [] : [{ form, path: resolve(folder, file) }]
  })
}
