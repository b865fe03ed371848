import { visible } from '../../terminal/text/visible.js'
import { exitCodes } from './exitCodes.js'

/** Tells what is wrong with the command line, in the form commander uses. */
export function refuseUsage(fault: string): number {
  process.stderr.write(`error: ${visible(fault)}\n`)
  return exitCodes.usage
}
