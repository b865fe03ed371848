// mcp: the server that coding agents call, and its tools as functions.
import { resolve } from 'node:path'
import type { PlanFault } from '../model/fault/fault.js'
import { quoteText } from '../model/fault/quote.js'
import { operationRegistry, type AnyOperationType, type OperationRegistry } from '../model/operationType.js'
import { fileOperations } from '../operations/file/fileOperations.js'
import { endpointsOf } from '../operations/http/endpoints.js'
import { httpOperations } from '../operations/http/httpOperations.js'
import { shellOperations } from '../operations/shell/shellOperations.js'
import { agentKinds } from '../operations/agent/agentKinds.js'
import { agentsOf, configuredKinds } from '../operations/config/agentsOf.js'
import type { OnInput } from '../operations/agent/conversation/converse.js'
import type { Config } from '../operations/config/config.js'
import { projectOperations } from '../operations/project/projectOperations.js'
import { serverOf, toolServers } from '../operations/tool/toolServers.js'
import { suspendedCalls, type SuspendedCalls } from './asking/suspendedCalls.js'
import { archivedBatch } from './batches/archived.js'
import type { ServedBatch, BatchRequest } from './batches/batch.js'
import { batches } from './batches/batches.js'
import { keeping, type KeepRequest } from './batches/keeping.js'
import { confirmRule, type ConfirmRule, type ConfirmSurroundings } from './confirm/confirmRule.js'
import { addressesAhead } from './foreseen/addresses.js'
import { agentsAhead } from './foreseen/agents.js'
import { contentsAhead } from './foreseen/contents.js'
import type { Foresee } from './foreseen/foreseen.js'
import { pathsAhead } from './foreseen/paths.js'
import { programsAhead } from './foreseen/programs.js'
import { defaultLimits, type ServerLimits } from './limits.js'

/** What the tools of one server can reach, and the batches they hold. It is fixed when the host is made: no message can extend it. */
export interface Host {
  /** Absolute; the first is where relative paths start, and where state is kept. */
  readonly roots: readonly [string, ...string[]]
  readonly allowEnv: readonly string[]
  readonly limits: ServerLimits
  /** The operation types that can be used without asking any other server. */
  readonly operations: OperationRegistry
  /** Downstream servers whose tools plans can use. */
  readonly servers: readonly string[]
  /** The operation types, and those of the downstream servers whose tools are named: `server.tool` each. `onInput` answers agents. */
  readonly operationsFor: (tools: readonly string[], onInput?: OnInput) => Promise<OperationRegistry>
  /** Why a downstream server could not be used when it was asked last. */
  readonly reasonAgainst: (server: string) => string | undefined
  /** What to add to a fault that this server's own settings are the reason of. */
  readonly hint: (fault: PlanFault) => string
  /** What is known of an operation before it runs: that it can never succeed here. */
  readonly foresee: readonly Foresee[]
  /** What the user is asked about before a batch begins. */
  readonly confirm: readonly ConfirmRule[]
  /** Calls that wait for an answer of their client, between two of its requests. */
  readonly suspended: SuspendedCalls
  /** Programs that plans can run, as they were named. */
  readonly programs: readonly string[]
  /** Kinds of agents, those with a runner for tasks in words marked. */
  readonly agentKinds: readonly { readonly name: string; readonly runs: boolean }[]
  /** The most tokens of an answer whose call does not say. */
  readonly maxAnswerTokens: number | undefined
  /** Throws if the batch continues another one that cannot be continued. */
  readonly start: (request: BatchRequest, kept: Omit<KeepRequest, 'id'>) => ServedBatch
  /** A batch of this server, or one of an earlier server that is in the event log. */
  readonly find: (id: string) => Promise<ServedBatch | 'elsewhere' | undefined>
  /** A batch of this server that it still knows. */
  readonly held: (id: string) => ServedBatch | undefined
  readonly running: () => number
  /** No call waits for the batch now: it is cancelled unless a call asks for it in time. */
  readonly leave: (batch: ServedBatch) => void
  readonly take: (batch: ServedBatch) => void
  /** Stops all work, and resolves when it has ended. */
  readonly close: (reason: string) => Promise<void>
}

/** What the tools of a server can reach, and its limits. */
export interface HostOptions extends Config {
  /** The folder or folders that file operations cannot leave. Default: the working folder. */
  readonly root?: string | readonly string[]
  /** Programs that `shell` can start, looked up immediately. Default: none. */
  readonly allowPrograms?: readonly string[]
  /** Hosts with a port that can be requested although they are not public: `localhost:3000`. Default: none. */
  readonly allowAddresses?: readonly string[]
  /** The most tokens of an answer whose call does not say. Default: 16,000. */
  readonly maxAnswerTokens?: number
  /** Environment variables that plans can set for programs and read with `$secret`. Default: none. */
  readonly allowEnv?: readonly string[]
  /** Files that plans cannot reach, besides `.millrace`: the configuration. `.git` is read-only. */
  readonly reserved?: readonly string[]
  readonly limits?: Partial<ServerLimits>
  /** How long a running batch is kept without a call for it, in ms. Default: ten minutes. */
  readonly unaskedMs?: number
  /** How long to wait for the answer of a user, in ms. Default: ten minutes. */
  readonly answerMs?: number
  /** Receives what no answer contains: state that could not be written. */
  readonly log?: (text: string) => void
}

/** The roots as they were given. */
export function rootsGiven({ root = '.' }: Pick<HostOptions, 'root'>): readonly string[] {
  return typeof root === 'string' ? [root] : root
}

/** Makes the host of the tools: what they can reach, and the batches they run. Nothing is started. */
export function toolHost(options: HostOptions = {}): Host {
  const { allowPrograms = [], allowAddresses = [], allowEnv = [], reserved = [] } = options
  const { mcpServers = {}, limits = {}, log = () => undefined } = options
  const [first, ...others] = rootsGiven(options).map((folder) => resolve(folder))
  if (first === undefined)
    throw new TypeError('toolHost needs at least one root, the folder that file operations cannot leave, such as ".".')
  const roots = [first, ...others] as const
  const types: readonly AnyOperationType[] = [
    ...fileOperations({ roots, reserved, readOnlyGit: true }),
    // A type nobody may use is not offered: a model would try it.
    ...(allowPrograms.length > 0 ? shellOperations({ roots, reserved, readOnlyGit: true, allowPrograms, allowEnv }) : []),
    ...httpOperations({ allowAddresses }),
  ]
  // Swarms outlive the batches that made them: they end with this server, when they are terminated, or idle too long.
  const agents = agentsOf(options, { roots })
  // Made for each batch, so that two that run at the same time may call their swarms by the same name.
  const withAgents = (tools: readonly AnyOperationType[], onInput?: OnInput): OperationRegistry => {
    const registry: OperationRegistry = operationRegistry([
      ...types,
      ...tools,
      ...agents.types(() => registry, onInput),
      ...projectOperations(() => registry),
    ])
    return registry
  }
  const operations = withAgents([])
  const downstream = toolServers(mcpServers)
  const bounds = { ...defaultLimits, ...limits }
  const open = batches(bounds.batches, options.unaskedMs)
  const keep = keeping(first, log)
  const suspended = suspendedCalls(options.answerMs)
  return {
    roots,
    allowEnv,
    limits: bounds,
    operations,
    servers: downstream.names,
    async operationsFor(tools, onInput) {
      // What no swarm and no agent takes part in needs no names of its own.
      if (!tools.some((tool) => ofItsBatch.test(tool) || downstream.names.includes(serverOf(tool)))) return operations
      const named = tools.filter((tool) => downstream.names.includes(serverOf(tool)))
      return withAgents(named.length === 0 ? [] : await downstream.typesFor(named), onInput)
    },
    reasonAgainst: downstream.reasonAgainst,
    foresee: foreseeing(roots, options),
    confirm: confirmRules(options.confirm ?? [], { names: [...operations.keys(), 'shell.run'], servers: downstream.names, roots }),
    suspended,
    programs: allowPrograms,
    agentKinds: [...agentKinds(configuredKinds(options)).values()].map(({ name, runner }) => ({ name, runs: runner !== undefined })),
    maxAnswerTokens: options.maxAnswerTokens,
    hint: (fault) => hintFor(fault, allowPrograms, downstream.names),
    start(request, kept) {
      return open.start(request, kept.compiled, keep({ id: request.id, ...kept }))
    },
    find: async (id) => open.find(id) ?? (await archivedBatch(first, id)),
    held: open.find,
    running: open.running,
    leave: open.leave,
    take: open.take,
    async close(reason) {
      suspended.close()
      await open.close(reason)
      await agents.dispose()
      await downstream.close()
    },
  }
}

/** Operations that know others of their batch: its swarms by name, and the operations its agents can perform. */
const ofItsBatch = /^(?:agent|swarm|project)(?:\.|$)/

/** The settings of a server are invalid: what is wrong with them, and how to fix it. */
export class UnusableSettings extends TypeError {}

function confirmRules(texts: readonly string[], about: ConfirmSurroundings): readonly ConfirmRule[] {
  return texts.map((text) => {
    const rule = confirmRule(text, about)
    if (rule instanceof RangeError) throw new UnusableSettings(`confirm: ${rule.message}`)
    return rule
  })
}

/** What this server can say of a plan before it runs. */
function foreseeing(roots: readonly [string, ...string[]], options: HostOptions): readonly Foresee[] {
  const { allowPrograms = [], allowAddresses = [], allowEnv = [] } = options
  const endpoints = endpointsOf(allowAddresses)
  if (endpoints instanceof RangeError) throw new TypeError(`allowAddresses: ${endpoints.message}`)
  const runners = [...agentKinds(configuredKinds(options)).values()].filter(({ runner }) => runner !== undefined)
  return [
    pathsAhead(roots),
    programsAhead(roots[0], allowPrograms, allowEnv),
    addressesAhead(endpoints),
    agentsAhead(new Set(runners.map(({ name }) => name))),
    contentsAhead,
  ]
}

function hintFor(fault: PlanFault, programs: readonly string[], servers: readonly string[]): string {
  if (fault.type !== 'unknown-operation-type') return ''
  if (fault.name.startsWith('shell.') && programs.length === 0)
    return '\nThis server runs no programs. Its owner can start it with --allow-program NAME.'
  const server = serverOf(fault.name)
  if (servers.includes(server))
    return `\nTools of the server ${quoteText(server)} are type: tool, operation: ${quoteText(fault.name)}. batch_status {"describe":["${server}.*"]} lists them.`
  if (!fault.name.startsWith('tool.')) return ''
  return servers.length === 0
    ? '\nThis server has no downstream servers. Its owner can add them under "mcpServers" in the file given with --config.'
    : `\nTools are called SERVER.TOOL; the servers are: ${servers.join(', ')}. batch_status {"describe":["${servers[0]}.*"]} lists their tools.`
}
