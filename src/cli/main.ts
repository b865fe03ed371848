#!/usr/bin/env node
import { CommanderError } from 'commander'
import { exitCodes } from './process/exitCodes.js'
import { millrace } from './program.js'

let code: number = exitCodes.ok
try {
  await millrace((result) => {
    code = result
  }).parseAsync()
} catch (error) {
  // What commander throws it has told already: help and the version are fine, everything else is bad usage.
  if (!(error instanceof CommanderError)) throw error
  code = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
}

// What was written must be out before the process ends; and it ends even if an operation that ignored its abort holds a handle.
for (const stream of [process.stdout, process.stderr])
  if (stream.writableLength > 0) await new Promise<void>((flushed) => stream.write('', () => flushed()))
process.exit(code)
