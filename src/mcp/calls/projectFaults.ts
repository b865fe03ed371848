import { posix } from 'node:path'
import { formatPath } from '../../model/fault/formatPath.js'
import { projectFolder } from '../../operations/project/projectPlan.js'
import type { ProjectRequest } from '../../operations/project/projectRequest.js'
import type { ProjectTeam } from '../../operations/project/projectTeam.js'
import type { Foresee } from '../foreseen/foreseen.js'
import type { Refused } from '../refused.js'

/** A fault of the plan that a project becomes, at the field of the call that its caller knows. */
export function inCallersFields(fault: Refused, places: ReadonlyMap<string, string>): Refused {
  const at = callersField(fault.at, places)
  return at === fault.at ? fault : { ...fault, at, message: fault.message.replace(fault.at, at) }
}

function callersField(at: string, places: ReadonlyMap<string, string>): string {
  const [, index, field] = /^operations\[(\d+)\]\.params\.(.*)$/.exec(at) ?? []
  const place = Number(index)
  const own =
    field === undefined
      ? at
      : place === 0
        ? field.replace('.$literal', '')
        : place === 1
          ? `swarmConfig.${field}`
          : `agentTypes[${place - 2}]`
  for (const [path, written] of places) if (own === formatPath(['fileStructure', path])) return written
  return own
}

/** What of a project is known to fail before anything is made of it: paths outside the roots, and more agents than its swarm may have. */
export function projectFaults(
  request: ProjectRequest,
  { swarmConfig, agentTypes = [] }: ProjectTeam,
  places: ReadonlyMap<string, string>,
  foresee: readonly Foresee[],
): readonly Refused[] {
  const outside = (at: string, path: string): readonly Refused[] =>
    foresee.flatMap((check) =>
      check('file.create', { path, content: '' }).map(({ text }) => ({ at, type: 'not-allowed', message: `${at}: ${text}` })),
    )
  const base = projectFolder(request)
  const most = swarmConfig?.maxAgents
  const tooMany = `${agentTypes.length} agents are more than the ${most} of swarmConfig.maxAgents. Raise it, or name fewer.`
  const ofBase = outside('basePath', base)
  return [
    ...ofBase,
    ...(request.template?.includes('/') === true ? outside('template', request.template) : []),
    // What is wrong with the base is not told of each file in it.
    ...(ofBase.length > 0 ? [] : [...places].flatMap(([path, at]) => outside(at, posix.join(base, path)))),
    ...(most !== undefined && agentTypes.length > most
      ? [{ at: 'agentTypes', type: 'invalid-value', message: `agentTypes: ${tooMany}` }]
      : []),
  ]
}
