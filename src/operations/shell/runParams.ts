import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { anyOf, record, array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { boolean, integer, nothing, oneOf, text } from '../../model/codec/values.js'
import { withSchema } from '../../model/codec/withSchema.js'
import { pathText, resultPath } from '../file/params.js'

/** Output of each stream kept in the result when the operation does not say. */
export const defaultMaxOutputBytes = 1024 * 1024

// An operating system ends an argument or a variable at its first NUL, so one inside could only mean something else than it says.
// In YAML a bare true, null or 1 is no text, and of those nearly every fault is.
const argument = withSchema(
  'text without a NUL character (true, null and numbers are text only in quotes, such as "1")',
  { type: 'string', pattern: '^[^\\u0000]*$' },
  (value): value is string => typeof value === 'string' && !value.includes('\0'),
)

// The name is what a fault says was expected, so it carries the way out of the usual slip: the whole command as one text.
const command = Object.assign(array(argument, { minItems: 1 }), {
  name:
    'a list of the program and its arguments, such as ["npm", "test"] ' +
    '(one text is never split and no shell reads it: write it as a list, or as ["sh", "-c", "…"] if you do want a shell)',
})

const exitCode = integer({ minimum: 0, maximum: 255 })
const paths = array(pathText)

export const RunParams = closed(
  'the params of shell run',
  { command: described(command, 'The program, then each of its arguments. No shell reads it.') },
  {
    cwd: described(pathText, 'The folder it runs in, inside the roots. Default: the first root.'),
    env: described(record(anyOf(argument, nothing)), 'Variables added to the inherited environment; null unsets one.'),
    stdin: described(text(), 'Text it reads from its standard input. Default: the input is empty and closed.'),
    expectExitCode: described(anyOf(exitCode, array(exitCode, { minItems: 1 })), 'The exit codes that are a success. Default: 0.'),
    maxOutputBytes: described(
      integer({ minimum: 1, maximum: 64 * defaultMaxOutputBytes }),
      'The most bytes of each stream in the result; a longer stream keeps its head and tail. Default: 1048576.',
    ),
    as: described(oneOf('text', 'base64'), 'How stdout is returned. Default: text.'),
    stripFinalNewline: described(boolean, 'Whether the final line end of stdout and stderr is removed. Default: true.'),
    stdoutTo: described(pathText, 'A file for stdout, of any size: relative to the first root. It is written whole or not at all.'),
    reads: described(paths, 'Paths it reads, relative to cwd.'),
    writes: described(paths, 'Paths it writes, relative to cwd.'),
  },
)
export type RunParams = t.TypeOf<typeof RunParams>

export const RunResult = closed(
  'the result of shell run',
  {
    exitCode: described(exitCode, 'The exit code of the program.'),
    stdout: described(text(), 'What it wrote to its standard output; empty with stdoutTo.'),
    stderr: described(text(), 'What it wrote to its standard error.'),
  },
  {
    truncated: described(boolean, 'Whether the middle of stdout or stderr was left out.'),
    notText: described(array(oneOf('stdout', 'stderr')), 'Streams that were not UTF-8: where they were not, the text has U+FFFD.'),
    stdoutTo: described(resultPath, 'The file that stdout was written to.'),
    stdoutBytes: described(integer({ minimum: 0 }), 'The size of that file.'),
  },
)
export type RunResult = t.TypeOf<typeof RunResult>
