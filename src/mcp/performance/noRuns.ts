import { answer, type ToolAnswer } from '../answers/toolAnswer.js'

export function noRuns(): ToolAnswer {
  return answer('No batch has finished here in that time.', { runs: 0 })
}
