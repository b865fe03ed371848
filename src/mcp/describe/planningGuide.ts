// mcp/describe: what models are told of the tools before they call them.
import { PlanOperation } from '../../model/plan.js'
import { fitText } from '../size/fitText.js'
import type { Host } from '../host.js'
import { signatureLines } from './signatureLines.js'

/** Some clients pass on 2,000 characters of a description; this many keep the whole list of tools within its tokens. */
const mostCharacters = 1_930

/** Optional fields of the plan language; the guide describes those that exist. */
const fields = PlanOperation.optional

const guide = [
  'Runs many operations in one call, in parallel unless one must wait.',
  'Order comes from paths (a read waits for the write before it in the list); add "dependencies" only for what paths do not show.',
  'Use a result: {"$ref":"id.key"} as a value, {"$template":"{{id.key}} …"} in text. type in one word: "file.read".',
  ...('each' in fields
    ? ['Loop: "each":[…] or {"$ref":"id.key"}, with {"$item":"key"} ("" is the item) or {{$item.key}} in params; results id[0], ….']
    : []),
  `${'if' in fields ? 'Choice: "if":{"$ref":"id.key","is":value} ("not", "in":[…]). ' : ''}A failure skips only its dependents; "when":"any-failed" or "settled" is for clean-up.`,
  'Values come back except those of file changes; "returns" chooses: ids, paths such as "a.bytes", or "none".',
  'Longer than waitMs: a batchId for batch_status. Then "retry": batchId reruns what failed; "resume", what was interrupted.',
  'Operations:',
].join('\n')

/** The description of `batch_execute`: how to write a good plan, what this server allows, and every operation type. */
export function planningGuide(host: Host): string {
  const here = hereLine(host)
  return `${guide}\n${signatureLines(host.operations, mostCharacters - guide.length - here.length - 2)}\n${here}`
}

const mostListTokens = 40

/** What the owner lets plans use. Tools of servers are not listed: the server would have to be started for that, and can have many. */
function hereLine({ roots, programs, agentKinds, servers }: Host): string {
  const runners = agentKinds.flatMap(({ name, runs }) => (runs ? [name] : []))
  return [
    `Here: roots ${few(roots)}`,
    ...(programs.length === 0 ? ['no programs'] : [`programs ${few(programs)}`]),
    ...(runners.length === 0 ? [] : [`agents for tasks in words ${few(runners)}`]),
    ...(servers.length === 0
      ? []
      : [`servers ${few(servers)} (type tool, operation SERVER.TOOL; batch_status {"describe":["${servers[0]}.*"]})`]),
  ].join('; ')
}

function few(names: readonly string[]): string {
  const { text, whole } = fitText(names.join(', '), mostListTokens)
  return whole ? text : `${text.slice(0, Math.max(0, text.lastIndexOf(', ')))}, …`
}
