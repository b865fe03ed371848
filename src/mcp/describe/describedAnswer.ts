import { jsonSchemaOf } from '../../model/codec/jsonSchemaOf.js'
import { operationName, type OperationType } from '../../model/operationType.js'
import { serverOf } from '../../operations/tool/toolServers.js'
import { jsonText } from '../../operators/share/jsonText.js'
import { signatureOf } from './signature.js'
import type { Host } from '../host.js'
import { paragraph } from '../answers/form/paragraph.js'
import { answer, type ToolAnswer } from '../answers/toolAnswer.js'
import { defaultAnswerTokens } from '../size/budget.js'
import { estimateTokens } from '../size/estimateTokens.js'
import { fitText } from '../size/fitText.js'

interface Described {
  readonly name: string
  readonly summary: string
  readonly signature: string
  readonly params?: unknown
  readonly result?: unknown
}

/** More than this many are told by their signatures alone. */
const mostInFull = 4

/** What operation types are for and take: `file.edit`, or all of a family with `file.*`. */
export async function describedAnswer(patterns: readonly string[], host: Host): Promise<ToolAnswer> {
  const registry = await host.operationsFor(patterns.flatMap((pattern) => toolsMeant(pattern, host.servers)))
  const asked = [...registry.values()].filter(
    ({ type, operation }) => type !== 'tool' || host.reasonAgainst(serverOf(operation)) === undefined,
  )
  const matching = asked.filter((type) => patterns.some((pattern) => matches(pattern, type)))
  const unknown = patterns.filter(
    (pattern) =>
      !asked.some((type) => matches(pattern, type)) &&
      !host.servers.some((server) => meansServer(pattern, server) && host.reasonAgainst(server) !== undefined),
  )
  const full = matching.length <= mostInFull
  const unusable = host.servers.flatMap((server) => {
    const reason = patterns.some((pattern) => meansServer(pattern, server)) ? host.reasonAgainst(server) : undefined
    return reason === undefined ? [] : [{ server, reason }]
  })
  const described: Described[] = []
  let tokens = 200
  for (const type of matching) {
    const fact = describe(type, full)
    tokens += estimateTokens(jsonText(fact)) + 4
    if (tokens > defaultAnswerTokens) break
    described.push(fact)
  }
  const omitted = matching.length - described.length
  const text = [
    ...described.map(
      ({ name, summary, signature, params, result }) =>
        `${name}${signature} ${summary}${params === undefined ? '' : `\n  params ${jsonText(params)}\n  result ${jsonText(result)}`}`,
    ),
    ...(omitted > 0 ? [`and ${omitted} more: ask for fewer at once`] : []),
    ...unusable.map(({ server, reason }) => `${server}.*: ${paragraph(reason)}`),
    ...(unknown.length > 0 ? [`nothing is called: ${unknown.join(', ')}; ${familiesOf(host)}`] : []),
  ].join('\n')
  return answer(text, {
    operations: described,
    ...(omitted > 0 && { omitted }),
    ...(unusable.length > 0 && { unusable }),
    ...(unknown.length > 0 && { unknown, known: familiesOf(host) }),
  })
}

/** The names by which servers are asked for what a pattern may mean. */
function toolsMeant(pattern: string, servers: readonly string[]): readonly string[] {
  if (pattern === '*' || pattern === 'tool.*') return servers.map((server) => `${server}.*`)
  return [pattern.startsWith('tool.') ? pattern.slice('tool.'.length) : pattern]
}

function meansServer(pattern: string, server: string): boolean {
  return toolsMeant(pattern, [server]).some((tool) => serverOf(tool) === server)
}

function familiesOf({ operations, servers }: Host): string {
  const families = new Set([...operations.values()].map(({ type }) => type))
  return `there are ${[...families, ...servers].map((name) => `${name}.*`).join(', ')}`
}

/** A tool of another server may be named as plans name it, or without `tool.` before it. */
function matches(pattern: string, type: OperationType): boolean {
  const names = [operationName(type), ...(type.type === 'tool' ? [type.operation] : [])]
  if (!pattern.endsWith('*')) return names.includes(pattern)
  return names.some((name) => name.startsWith(pattern.slice(0, -1)))
}

const mostSummaryTokens = 60

function describe(type: OperationType, full: boolean): Described {
  return {
    name: operationName(type),
    summary: full ? type.summary : fitText(type.summary, mostSummaryTokens).text,
    signature: signatureOf(type.params),
    ...(full && { params: jsonSchemaOf(type.params), result: jsonSchemaOf(type.result) }),
  }
}
