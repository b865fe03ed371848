import type { Message, TextTask, ConversationTurn } from '../runner.js'

/** The first message to a runner: what others told the agent, then its task. */
export function promptOf({ text, messages }: Pick<TextTask, 'text' | 'messages'>): string {
  if (messages.length === 0) return text
  return `Messages to you, oldest first:\n${messages.map(lineOf).join('\n')}\n\n${text}`
}

/** All that a program is given to read at once: it keeps nothing from one turn to the next. */
export function wholePrompt(task: TextTask): string {
  const parts = [instructionsOf(task), promptOf(task), ...task.turns.map(turnText)]
  return parts.filter((part) => part !== '').join('\n\n')
}

/** What the agent is told before its task; an answer that has to fit a schema is asked for there. */
export function instructionsOf({ settings: { instructions = '', answer } }: Pick<TextTask, 'settings'>): string {
  if (answer === undefined) return instructions
  const form = `Answer with JSON alone, without any other text. It must match this JSON Schema:\n${JSON.stringify(answer)}`
  return instructions === '' ? form : `${instructions}\n\n${form}`
}

function turnText({ by, text }: ConversationTurn): string {
  return by === 'agent' ? `You said:\n${text}` : `Reply to you:\n${text}`
}

function lineOf({ from, body }: Message): string {
  return `- ${from === undefined ? '' : `${from}: `}${typeof body === 'string' ? body : JSON.stringify(body)}`
}
