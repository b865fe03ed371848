import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { boolean } from '../../model/codec/values.js'
import { swarmNameOf } from '../../operations/project/packageName.js'
import { ProjectRequest } from '../../operations/project/projectRequest.js'
import { ProjectTeam, teamPlan } from '../../operations/project/projectTeam.js'
import { refusal } from '../answers/refusal.js'
import type { ToolAnswer } from '../answers/toolAnswer.js'
import { compileCall } from '../calls/compileCall.js'
import { flatStructure } from '../calls/flatStructure.js'
import { decodeInput } from '../calls/decodeInput.js'
import { compactSchema } from '../describe/compactSchema.js'
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
    'Make a project in one call: src, tests, docs, scripts, package.json, README, and fileStructure {path: content; null = folder; may nest}; swarmConfig or agentTypes start a swarm. Overwrites nothing.',
  inputSchema: compactSchema(Input),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  async perform(input, host, call) {
    const decoded = await decodeInput(Input, flatStructure(input), example)
    if (decoded._tag === 'Left') return decoded.left
    const { swarmConfig, agentTypes, dryRun = false, ...request } = decoded.right
    const team = { ...(swarmConfig !== undefined && { swarmConfig }), ...(agentTypes !== undefined && { agentTypes }) }
    // Literal: what a caller writes into files may look like a reference, and is none.
    const params = { ...Object.fromEntries(Object.entries(request).map(([field, value]) => [field, { $literal: value }])), dryRun }
    const project = { id: 'project', type: 'project', operation: 'init', params }
    const operations = [project, ...(dryRun ? [] : teamPlan(swarmNameOf(request.projectName), team))]
    const compiled = await compileCall({ name: `project ${request.projectName}`.slice(0, 200), operations }, host, {
      readOnly: false,
      example,
      canAsk: call.ask !== undefined,
    })
    if (compiled._tag === 'Left') return refusal(compiled.left)
    const answer = await runCall(compiled.right, host, call)
    return dryRun ? planned(answer, team) : answer
  },
}

/** The answer of an operation that only looked: nothing was made, and no swarm is started to look at. */
function planned(answer: ToolAnswer, team: object): ToolAnswer {
  if (answer.isError === true) return answer
  const swarm = Object.keys(team).length > 0 ? ' The swarm is started only when it is made.' : ''
  const note = { type: 'text' as const, text: `Nothing was done: this is what would be made.${swarm}` }
  return { ...answer, content: [note, ...answer.content], structuredContent: { ...answer.structuredContent, status: 'planned' } }
}
