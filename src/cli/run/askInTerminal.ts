import { createInterface } from 'node:readline/promises'
import type { OnInput } from '../../operations/agent/conversation/converse.js'
import type { View } from '../../terminal/live/liveView.js'
import type { Paint } from '../../terminal/text/paint.js'
import { visible } from '../../terminal/text/visible.js'

/** Asks the person at the terminal what an agent has to know. */
export interface TerminalQuestions {
  readonly ask: OnInput
  /** The view that makes room for a question. */
  attend(view: View): void
}

/** One question at a time, with the live view out of the way. */
export function askInTerminal(stdin: NodeJS.ReadStream, stderr: NodeJS.WriteStream, paint: Paint): TerminalQuestions {
  let view: View | undefined
  let before: Promise<unknown> = Promise.resolve()
  const ask: OnInput = ({ agent, question, signal }) => {
    const asked = before.then(async () => {
      signal.throwIfAborted()
      const resume = view?.pause()
      const lines = createInterface({ input: stdin, output: stderr })
      // While a line is read, Ctrl-C is a key and no signal.
      lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
      try {
        return await lines.question(`${paint('strong', `${visible(agent)} asks:`)} ${visible(question)}\n> `, { signal })
      } finally {
        lines.close()
        resume?.()
      }
    })
    before = asked.catch(() => undefined) // Whoever asked hears of it; the next question does not care.
    return asked
  }
  return { ask, attend: (shown) => void (view = shown) }
}
