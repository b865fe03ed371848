import { replaceHistory } from '../../journal/history/historyFile.js'
import { answer, type ToolAnswer } from '../answers/toolAnswer.js'

/** Forgets the measured history. Baselines stay: they were kept on purpose. */
export async function clearAnswer(root: string, runs: number): Promise<ToolAnswer> {
  if (runs > 0) await replaceHistory(root, [])
  return answer(`Deleted the history of ${runs} runs. Baselines are kept.`, { cleared: runs })
}
