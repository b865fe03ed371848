import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { boolean } from '../../model/codec/values.js'
import { swarmNameOf } from '../../operations/project/packageName.js'
import { ProjectRequest } from '../../operations/project/projectRequest.js'
import { ProjectTeam, teamPlan } from '../../operations/project/projectTeam.js'
import { refusal } from '../answers/refusal.js'
import { answer, type ToolAnswer } from '../answers/toolAnswer.js'
import { beyondCaps, beyondFiles } from '../calls/caps.js'
import { compileCall } from '../calls/compileCall.js'
import { flatStructure } from '../calls/flatStructure.js'
import { decodeInput } from '../calls/decodeInput.js'
import { inCallersFields, projectFaults } from '../calls/projectFaults.js'
import { compactSchema } from '../describe/compactSchema.js'
import type { Refused } from '../refused.js'
import type { Tool } from '../tool.js'
import { runCall } from './runCall.js'

const Input = closed('a call of project_init_batch', ProjectRequest.required, {
  ...ProjectRequest.optional,
  ...ProjectTeam.optional,
  dryRun: described(boolean, 'Only shows what would be made.'),
})

const example = 'project_init_batch {"projectName":"app","basePath":"app","fileStructure":{"src/index.js":"export {}\\n"}}'

/** `project_init_batch`: a new project's folders and files in one call, and a swarm of agents for it. */
export const projectInitBatch: Tool = {
  name: 'project_init_batch',
  describe: () =>
    'Make a project in one call: src, tests, docs, scripts, package.json, README, and fileStructure {path: content; null = folder; can nest}; swarmConfig or agentTypes start a swarm. Overwrites nothing.',
  inputSchema: compactSchema(Input),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  async perform(input, host, call) {
    const tooMuch = beyondCaps(input, host.limits)
    if (tooMuch.length > 0) return refusal({ faults: tooMuch, more: 0, help: [] })
    const flat = flatStructure(input)
    const tooMany = beyondFiles(flat.input, host.limits)
    if (tooMany.length > 0) return refusal({ faults: tooMany, more: 0, help: [] })
    const rename = (fault: Refused): Refused => inCallersFields(fault, flat.places)
    const decoded = await decodeInput(Input, flat.input, example, rename)
    if (decoded._tag === 'Left') return decoded.left
    const { swarmConfig, agentTypes, dryRun = false, ...request } = decoded.right
    const team = { ...(swarmConfig !== undefined && { swarmConfig }), ...(agentTypes !== undefined && { agentTypes }) }
    const faults = [...flat.faults, ...projectFaults(request, team, flat.places, host.foresee)]
    // Literal: what a caller writes into files may look like a reference, and is none.
    const params = { ...Object.fromEntries(Object.entries(request).map(([field, value]) => [field, { $literal: value }])), dryRun }
    const project = { id: 'project', type: 'project', operation: 'init', params }
    const compile = (operations: readonly object[]) =>
      compileCall({ name: `project ${request.projectName}`.slice(0, 200), operations }, host, {
        readOnly: false,
        example,
        canAsk: call.ask !== undefined,
      })
    // Its team is checked in a dry run too, but not made.
    const whole = await compile([project, ...teamPlan(swarmNameOf(request.projectName), team)])
    const wrong = [...faults, ...(whole._tag === 'Left' ? whole.left.faults.map(rename) : [])]
    if (whole._tag === 'Left' || wrong.length > 0) return refusal({ faults: wrong, more: 0, help: [example] })
    if (!dryRun) return runCall(whole.right, host, call)
    const alone = await compile([project])
    return alone._tag === 'Left' ? refusal(alone.left) : planned(await runCall(alone.right, host, call), team)
  },
}

/** The answer of an operation that only looked: nothing was made, and no swarm is started to look at. */
function planned(told: ToolAnswer, team: object): ToolAnswer {
  const { structuredContent, content } = told
  if (told.isError === true || structuredContent['status'] !== 'succeeded') return told
  const swarm = Object.keys(team).length > 0 ? ' The swarm is started only when it is made.' : ''
  const text = [`Nothing was done: this is what would be made.${swarm}`, ...content.map((part) => part.text)].join('\n')
  return answer(text, { ...structuredContent, status: 'planned' })
}
