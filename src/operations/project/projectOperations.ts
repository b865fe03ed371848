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
import { copiedTemplate } from './copiedTemplate.js'
import { projectFolder, projectPlan, type ProjectBasis, type ProjectStep } from './projectPlan.js'
import { ProjectRequest } from './projectRequest.js'
import { builtInTemplate, entryFiles, starterOf } from './starter.js'

const Params = closed('the params of project.init', ProjectRequest.required, {
  ...ProjectRequest.optional,
  dryRun: described(boolean, 'Only reports what would be made.'),
})
type Params = t.TypeOf<typeof Params>

const Result = closed(
  'the result of project.init',
  {
    path: described(text(), 'The folder of the project.'),
    made: described(array(text()), 'What was made; with dryRun, what would be.'),
    kept: described(array(text()), 'What existed already, and was kept.'),
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
  const { projectName, basePath, fileStructure, packageJson, template, dryRun } = params
  const given = [projectName, basePath, fileStructure, packageJson, template]
  if (given.includes(notYetKnown)) return { writes: [{ resource: 'file:', orderOnly: true }] }
  // Nothing of it is unknown: that was asked just now.
  const request = params as ProjectRequest
  const builtIn = builtInTemplate(request.template ?? 'node')
  // What a folder holds is known only when it is read: until then the whole project may be written.
  const steps = builtIn === undefined ? [folderOf(request)] : projectPlan(request, builtIn)
  const touches = steps.flatMap((step) => typeOf(step, registry).effects(step.params).writes ?? [])
  const copied = builtIn === undefined ? (registry.get('file.list')?.effects({ path: request.template }).reads ?? []) : []
  return dryRun === true ? { reads: [...touches, ...copied] } : { writes: touches, reads: copied }
}

async function perform({ dryRun = false, ...request }: Params, context: AttemptContext, registry: OperationRegistry) {
  const steps = projectPlan(request, await basisOf(request, context, registry))
  // All of it before the first effect: half a project helps nobody.
  const absent = await Promise.all(steps.map((step) => isAbsent(step, context, registry)))
  const made: string[] = []
  const kept: string[] = []
  for (const [index, step] of steps.entries()) {
    const isNew = dryRun ? absent[index] === true : await make(step, context, registry)
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

/** False when it is there already. Throws when something else is in its place, or when nothing may be made there. */
async function isAbsent(
  { operation, params: { path } }: ProjectStep,
  context: AttemptContext,
  registry: OperationRegistry,
): Promise<boolean> {
  const found = await performed(registry.get('file.stat')!, { path }, context)
  if (found._tag === 'Left') {
    if (found.left.type === 'not-found') return true
    throw new OperationFailure(found.left)
  }
  const { kind } = found.right as { readonly kind: string } // What stat gives.
  if ((operation === 'mkdir') === (kind === 'folder')) return false
  const [wanted, there] = operation === 'mkdir' ? ['a folder', `a ${kind}`] : ['a file', `a ${kind}`]
  const message = `${path}: the project needs ${wanted} here, and ${there} is there. Move it away, or choose another basePath. Nothing was made.`
  throw new OperationFailure({ type: 'already-exists', message, retryable: false, path })
}

/** The files and the manifest of its template; a built-in one adds no code where there is an entry already. */
async function basisOf(request: ProjectRequest, context: AttemptContext, registry: OperationRegistry): Promise<ProjectBasis> {
  const { template = 'node' } = request
  const builtIn = builtInTemplate(template)
  if (builtIn === undefined) return copiedTemplate(template, (name, params) => valueOf(name, params, context, registry))
  const base = projectFolder(request)
  const paths = [...entryFiles, ...builtIn.files.map(([path]) => path)]
  const found = await Promise.all(
    paths.map((path) => performed(registry.get('file.stat')!, { path: `${base === '/' ? '' : base}/${path}` }, context)),
  )
  return starterOf(builtIn, request, new Set(paths.filter((_, index) => found[index]?._tag === 'Right')))
}

async function valueOf(name: string, params: object, context: AttemptContext, registry: OperationRegistry): Promise<unknown> {
  const [type = '', operation = ''] = name.split('.')
  const done = await performed(typeOf({ type, operation }, registry), params, context)
  if (done._tag === 'Right') return done.right
  throw new OperationFailure(done.left)
}

function folderOf(request: ProjectRequest): ProjectStep {
  return { id: 'folder', type: 'file', operation: 'mkdir', params: { path: projectFolder(request) } }
}

function typeOf({ type, operation }: { readonly type: string; readonly operation: string }, registry: OperationRegistry): OperationType {
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
