import { closed } from '../../model/codec/closed.js'
import { dictionaryOf, listOf } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { anyJson, flag, text } from '../../model/codec/values.js'
import { projectPlan, type ProjectStep } from '../../operations/project/projectPlan.js'
import { ProjectRequest } from '../../operations/project/projectRequest.js'
import { refusal } from '../answers/refusal.js'
import { answer, type ToolAnswer } from '../answers/toolAnswer.js'
import { compileCall } from '../calls/compileCall.js'
import { decodeInput } from '../calls/decodeInput.js'
import { compactSchema } from '../describe/compactSchema.js'
import type { Tool } from '../tool.js'
import { runCall } from './runCall.js'

const Input = closed('a call of project_init_batch', ProjectRequest.required, {
  ...ProjectRequest.optional,
  swarmConfig: described(dictionaryOf(anyJson), 'The swarm that works on it.'),
  agentTypes: described(listOf(text()), 'The agents in it.'),
  dryRun: described(flag, 'Only shows what would be made.'),
})

const example = '{"projectName":"app","basePath":"app","fileStructure":{"src/index.js":"export {}\\n"}}'

/** `project_init_batch`: a new project's folders and files in one call. */
export const projectInitBatch: Tool = {
  name: 'project_init_batch',
  describe: () =>
    'Make a project in one call: src, tests, docs, scripts, package.json, README, and fileStructure {path: content, null = folder}. Overwrites nothing.',
  inputSchema: compactSchema(Input),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  async perform(input, host, call) {
    const decoded = decodeInput(Input, input, example)
    if (decoded._tag === 'Left') return decoded.left
    const { swarmConfig, agentTypes, dryRun = false, ...request } = decoded.right
    const asked = [...(swarmConfig === undefined ? [] : ['swarmConfig']), ...(agentTypes === undefined ? [] : ['agentTypes'])]
    if (asked.length > 0) return refusal(asked.map(noSwarms), example)
    const steps = projectPlan(request)
    if (dryRun) return planned(steps)
    const compiled = await compileCall({ name: `project ${request.projectName}`.slice(0, 200), operations: steps }, host, {
      readOnly: false,
    })
    if (compiled._tag === 'Left') return refusal(compiled.left, example)
    const ran = await runCall(compiled.right, host, call)
    return withPaths(ran, steps)
  },
}

function noSwarms(field: string) {
  const message = `${field}: this version of millrace has no swarms yet, so none was made, and neither was anything else.\nLeave ${field} out to make the project's files.`
  return { at: field, type: 'not-available', message }
}

function planned(steps: readonly ProjectStep[]): ToolAnswer {
  const paths = steps.map(({ params }) => params.path)
  return answer(`Would be made, where nothing is yet: ${paths.join(', ')}. Nothing was done.`, { status: 'planned', paths })
}

/** Adds which path each outcome is about: the ids of these operations are nobody's own. */
function withPaths(ran: ToolAnswer, steps: readonly ProjectStep[]): ToolAnswer {
  const paths = Object.fromEntries(steps.map(({ id, params }) => [id, params.path]))
  const text = ran.content.map((part) => part.text).join('\n')
  const legend = steps.map(({ id, params }) => `${id} ${params.path}`).join(', ')
  return { ...ran, ...answer(`${text}\nPaths: ${legend}`, { ...ran.structuredContent, paths }) }
}
