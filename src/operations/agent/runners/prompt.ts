import type { Message, TextTask } from '../runner.js'

/** What a runner is given to read: what others told the agent, then its task. */
export function promptOf({ text, messages }: TextTask): string {
  if (messages.length === 0) return text
  return `Messages to you, oldest first:\n${messages.map(lineOf).join('\n')}\n\n${text}`
}

function lineOf({ from, body }: Message): string {
  return `- ${from === undefined ? '' : `${from}: `}${typeof body === 'string' ? body : JSON.stringify(body)}`
}
