import * as E from 'fp-ts/lib/Either.js'
import { access } from 'node:fs/promises'
import { compilePlan } from '../../graph/compilePlan.js'
import type { PlanFault } from '../../model/fault/fault.js'
import type { OperationRegistry } from '../../model/operationType.js'
import { choosePart, type PartFlags } from './choosePart.js'
import type { PlanRead } from './planSource.js'
import { readPlan } from './readPlan.js'
import { setInputs } from './setInputs.js'

/** What a command says of the plan it reads. */
export interface ChoiceFlags extends PartFlags {
  readonly set?: readonly string[]
}

/** Why there is no plan to run: faults of its text, or what is wrong with the command. */
export type NotChosen =
  { readonly type: 'faults'; readonly faults: readonly PlanFault[] } | { readonly type: 'usage'; readonly text: string }

const defaultNames = ['millrace.yaml', 'millrace.yml', 'millrace.json']

/** Reads the plan of a command, with its inputs set and only the operations chosen. Without a path it is `millrace.yaml`, `.yml` or `.json`. */
export async function readChosenPlan(
  path: string | undefined,
  flags: ChoiceFlags,
  operations: (plan: unknown) => Promise<OperationRegistry>,
): Promise<E.Either<NotChosen, PlanRead>> {
  const found = path ?? (await defaultPath())
  if (found === undefined) return usage(`This folder has none of ${defaultNames.join(', ')}. Name the plan by its path, such as plan.yaml`)
  const read = await readPlan(found, process.stdin)
  if (read._tag === 'Left') return E.left({ type: 'faults', faults: read.left })
  const { value, source } = read.right
  const set = setInputs(value, flags.set ?? [])
  if (set._tag === 'Left') return usage(set.left)
  const { only, from, skip } = flags
  if (only === undefined && from === undefined && skip === undefined) return E.right({ value: set.right, source })
  const compiled = compilePlan(set.right, await operations(set.right))
  // What is wrong with the whole is told by whoever compiles it.
  if (compiled._tag === 'Left') return E.right({ value: set.right, source })
  const part = choosePart(set.right, compiled.right, flags)
  return part._tag === 'Left' ? usage(part.left) : E.right({ value: part.right, source })
}

async function defaultPath(): Promise<string | undefined> {
  for (const name of defaultNames) {
    const isThere = await access(name).then(
      () => true,
      () => false,
    )
    if (isThere) return name
  }
  return undefined
}

function usage(text: string): E.Either<NotChosen, never> {
  return E.left({ type: 'usage', text })
}
