// cli/schema: the command that prints the JSON Schema of a plan.
import { planJsonSchema } from '../../model/planSchema.js'
import { exitCodes } from '../process/exitCodes.js'

/** `millrace schema`: the JSON Schema of a plan. */
export function schema(): number {
  process.stdout.write(`${JSON.stringify(planJsonSchema(), null, 2)}\n`)
  return exitCodes.ok
}
