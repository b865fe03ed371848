// mcp/describe: what models are told of the tools before they call them.
import { fitText } from '../size/fitText.js'
import type { Host } from '../host.js'
import { signatureLines } from './signatureLines.js'

/** The most characters some clients pass on of a description. */
const mostCharacters = 2_000

const guide = [
  'Run many operations in one call: prefer this to loops of single calls. They run in parallel unless one must wait.',
  'Order is inferred from paths (a read waits for the write before it in the list): give "dependencies" only for what paths do not show.',
  'Use a result: {"$ref":"id.key"} as a param\'s value, or {"$template":"{{id.key}} …"}; ids short.',
  'Name in "returns" the ids whose values you need; the rest only report how they ended. A failure skips only what needs it.',
  'Longer than waitMs: answers "running" with a batchId for batch_status.',
  'Operations:',
].join('\n')

/** The description of `batch_execute`: how to write a good plan, and every operation type there is. */
export function planningGuide({ operations, servers }: Host): string {
  const tools = servers.length === 0 ? '' : toolsLine(servers)
  return `${guide}\n${signatureLines(operations, mostCharacters - guide.length - tools.length - 1)}${tools}`
}

const mostServers = 300

/** The tools themselves are not listed: a server would have to be started for that, and may have many. */
function toolsLine(servers: readonly string[]): string {
  const names = fitText(servers.join(', '), mostServers / 3).text
  return `\ntool: SERVER.TOOL; servers ${names}: see batch_status {"describe":["${servers[0]}.*"]}`
}
