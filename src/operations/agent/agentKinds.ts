import type { AgentKind, AgentKindOptions, AgentKinds } from './agentKind.js'
import { builtInKinds } from './builtInKinds.js'

/** The built-in kinds and the configured ones. A new kind may do nothing but what it says. */
export function agentKinds(configured: Readonly<Record<string, AgentKindOptions>> = {}): AgentKinds {
  const kinds = new Map<string, AgentKind>([...builtInKinds].map(([name, kind]) => [name, { name, ...kind }]))
  for (const [name, options] of Object.entries(configured)) kinds.set(name, { allow: [], ...kinds.get(name), ...options, name })
  return kinds
}
