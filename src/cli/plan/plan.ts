// cli/plan: the command that checks a plan and shows its order.
import { resolve } from 'node:path'
import { compilePlan } from '../../graph/compilePlan.js'
import type { OperationRegistry } from '../../model/operationType.js'
import { exitCodes } from '../process/exitCodes.js'
import { explain } from './explain.js'
import { explanationText, shownOperations } from './explanationText.js'
import { output } from '../process/output.js'
import { readChosenPlan } from '../planFile/readChosenPlan.js'
import { refuseChoice, refusePlan } from '../planFile/refusePlan.js'
import { downstreamOf } from '../flags/downstream.js'
import { operationsFor, type PlanReaderFlags } from '../flags/settings.js'
import { paintOf } from '../../terminal/text/paint.js'

export interface PlanFlags extends PlanReaderFlags {
  readonly all?: true
  readonly json?: true
}

/** `millrace plan`: checks a plan and says what is known of its run beforehand. Has no effect at all. Answers the exit code. */
export async function plan(path: string | undefined, flags: PlanFlags): Promise<number> {
  const downstream = downstreamOf(flags.config)
  try {
    return await checkPlan(path, flags, async (written) => operationsFor(flags, await downstream.typesFor(written)))
  } finally {
    await downstream.close()
  }
}

async function checkPlan(
  path: string | undefined,
  flags: PlanFlags,
  operations: (plan: unknown) => Promise<OperationRegistry>,
): Promise<number> {
  const read = await readChosenPlan(path, flags, operations)
  if (read._tag === 'Left') return refuseChoice(read.left, paintOf(process.stderr, flags.color))
  const compiled = compilePlan(read.right.value, await operations(read.right.value))
  if (compiled._tag === 'Left') return refusePlan(compiled.left, read.right.source, paintOf(process.stderr, flags.color))

  const explanation = explain(compiled.right, read.right.value, {
    told: withoutRoot(resolve(flags.root?.[0] ?? '.')),
    edgesOf: flags.json || flags.all ? Infinity : shownOperations,
  })
  const text = flags.json
    ? `${JSON.stringify(explanation)}
`
    : explanationText(explanation, flags.all === true, paintOf(process.stdout, flags.color))
  // A reader that has seen enough is no fault of the plan.
  const out = output(process.stdout, () => undefined)
  await out.write(text)
  await out.flush()
  return exitCodes.ok
}

/** Paths as the plan may write them: what lies in the first root is told without it. */
function withoutRoot(root: string): (text: string) => string {
  if (root === '/') return (text) => text
  // Only whole paths: another root may begin with the same letters.
  return (text) =>
    !text.includes(root) ? text : text.replaceAll(`${root}/`, '').replaceAll(`${root},`, 'the root,').replaceAll(`${root} `, 'the root ')
}
