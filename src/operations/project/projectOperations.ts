// operations/project: a new project, expanded into file operations and a team of agents.
import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { observeWork } from '../../engine/attempts/observeWork.js'
import { closed } from '../../model/codec/closed.js'
import { array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { boolean, text } from '../../model/codec/values.js'
import { notYetKnown, type Effects, type Foreseen } from '../../model/effects.js'
import { OperationFailure, operationErrorOf, type OperationError } from '../../model/operationError.js'
import { operationName, type AnyOperationType, type OperationRegistry, type OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { projectFolder, projectPlan, type ProjectStep } from './projectPlan.js'
import { ProjectRequest } from './projectRequest.js'

const Params = closed('the params of project.init', ProjectRequest.required, {
  ...ProjectRequest.optional,
  dryRun: described(boolean, 'Only tells what would be made.'),
})
type Params = t.TypeOf<typeof Params>

const Result = closed(
  'the result of project.init',
  {
    path: described(text(), 'The folder of the project.'),
    made: described(array(text()), 'What was made; with dryRun, what would be.'),
    kept: described(array(text()), 'What was there already, and was left as it is.'),
  },
  {},
)

/** The operations of type `project`, made of file operations out of the registry. */
export function projectOperations(registry: () => OperationRegistry): readonly [AnyOperationType] {
  const init: OperationType<Params, t.TypeOf<typeof Result>> = {
    type: 'project',
    operation: 'init',
    summary: 'Makes a project: folders, package.json, README, a first test and given files. Overwrites nothing.',
    params: Params,
    result: Result,
    undoes: true,
    readOnly: ({ dryRun }) => dryRun === true,
    effects: (params) => effectsOf(params, registry()),
    perform: (params, context) => perform(params, context, registry()),
  }
  return [init]
}

function effectsOf(params: Foreseen<Params>, registry: OperationRegistry): Effects {
  const { projectName, basePath, fileStructure, packageJson, dryRun } = params
  const given = [projectName, basePath, fileStructure, packageJson]
  if (given.includes(notYetKnown)) return { writes: [{ resource: 'file:', orderOnly: true }] }
  // Nothing of it is unknown: that was asked just now.
  const touches = projectPlan(params as ProjectRequest).flatMap((step) => typeOf(step, registry).effects(step.params).writes ?? [])
  return dryRun === true ? { reads: touches } : { writes: touches }
}

async function perform({ dryRun = false, ...request }: Params, context: AttemptContext, registry: OperationRegistry) {
  const steps = projectPlan(request)
  const made: string[] = []
  const kept: string[] = []
  for (const [index, step] of steps.entries()) {
    const isNew = dryRun ? await isAbsent(step, context, registry) : await make(step, context, registry)
    ;(isNew ? made : kept).push(step.params.path)
    context.progress((index + 1) / steps.length, step.params.path)
  }
  return { path: projectFolder(request), made, kept }
}

/** False when something is there already. */
async function make(step: ProjectStep, context: AttemptContext, registry: OperationRegistry): Promise<boolean> {
  const done = await performed(typeOf(step, registry), step.params, context)
  if (done._tag === 'Right') return (done.right as { readonly created?: boolean }).created !== false // What mkdir and create give.
  if (done.left.type === 'already-exists' && step.operation === 'create') return false
  throw new OperationFailure(done.left)
}

async function isAbsent({ params: { path } }: ProjectStep, context: AttemptContext, registry: OperationRegistry): Promise<boolean> {
  const found = await performed(registry.get('file.stat')!, { path }, context)
  if (found._tag === 'Right') return false
  if (found.left.type === 'not-found') return true
  throw new OperationFailure(found.left)
}

function typeOf({ type, operation }: ProjectStep, registry: OperationRegistry): OperationType {
  const found = registry.get(operationName({ type, operation }))
  if (found === undefined) throw new TypeError('Projects are made by file operations: the registry needs those too.')
  return found
}

/** One operation as a part of this attempt: its undo and its abort are those of the whole. */
function performed(type: OperationType, params: unknown, context: AttemptContext): Promise<E.Either<OperationError, unknown>> {
  return new Promise((resolve) => {
    const threw = (thrown: unknown): void => resolve(E.left(operationErrorOf(thrown)))
    observeWork(type.perform(params, context), { gave: (value) => resolve(E.right(value)), threw })
  })
}
