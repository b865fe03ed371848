import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Retention } from '../../../journal/retention.js'
import { reportForms } from '../../report/reportFlags.js'
import { wholeFromOne } from '../../flags/flagValues.js'

// Only commander is loaded here: help must not wait for anything else.

/** Adds to `millrace run` what it keeps of a run. */
export function withRecordingFlags(run: Command): Command {
  return run
    .option('--no-log', 'write no event log and no history')
    .addOption(
      new Option('--durability <what>', 'what logged events survive: nothing for sure, the end of this process, or a power cut').choices([
        'none',
        'process',
        'power',
      ]),
    )
    .option('--keep <amount>', 'logs to keep, such as 50, 30d or 2GiB; repeatable (default: 100 and 1GiB)', retention)
    .option('--log-output <size>', 'the most output logged for an attempt, such as 64KiB: its beginning and end (default: 1MiB)', sizeOf)
    .option('--baseline <name>', 'compare the run with this baseline (made by "millrace baseline set")')
    .addOption(
      new Option('--fail-on <verdict>', 'with --baseline: exit with 3 on this verdict; needs 5 runs on each side').choices(['slower']),
    )
    .addOption(new Option('--tokens', 'count the tokens that the operations would cost as messages to a model').conflicts('events'))
    .addOption(
      new Option(
        '--compare-sequential [=n]',
        'measure the speed-up: run it as a batch and one at a time, in copies of the root, n times or until the interval is narrow',
      )
        .argParser(wholeFromOne)
        .conflicts(['events', 'baseline', 'failOn', 'tokens', 'repeat', ...reportForms, 'github']),
    )
}

const hourMs = 3_600_000
const units: Readonly<Record<string, number>> = { h: hourMs, d: 24 * hourMs, w: 7 * 24 * hourMs }

function retention(text: string, before: Retention | undefined): Retention {
  const bytes = bytesIn(text)
  if (bytes !== undefined) return { ...before, bytes }
  const [, digits, unit] = /^(\d{1,9})([hdw]?)$/.exec(text) ?? []
  if (digits === undefined || unit === undefined)
    throw new InvalidArgumentError(
      'It must be a number of runs, such as 50, an age, such as 12h, 30d or 8w, or a size, such as 500MiB or 2GiB.',
    )
  return unit === '' ? { ...before, runs: Number(digits) } : { ...before, ageMs: Number(digits) * units[unit]! }
}

function sizeOf(text: string): number {
  const bytes = text === '0' ? 0 : bytesIn(text)
  if (bytes === undefined) throw new InvalidArgumentError('It must be a size, such as 64KiB or 1MiB, or 0.')
  return bytes
}

const sizes: Readonly<Record<string, number>> = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 }

function bytesIn(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,6})([KMG]iB)$/.exec(text) ?? []
  return digits === undefined || unit === undefined ? undefined : Number(digits) * sizes[unit]!
}
