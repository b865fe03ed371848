import { createInterface } from 'node:readline'
import { confirmLines } from '../../mcp/confirm/confirmLines.js'
import { operationsToConfirm } from '../../mcp/confirm/operationsToConfirm.js'
import type { CompiledPlan } from '../../model/graph.js'
import { count } from '../../terminal/text/count.js'
import { visible } from '../../terminal/text/visible.js'

export interface ConfirmSettings {
  /** `--yes`: somebody agreed beforehand. */
  readonly yes: boolean
  /** Who can be asked, or why nobody can. */
  readonly terminal: Terminal | string
  /** Operations that are not run again. */
  readonly isDone?: (id: string) => boolean
}

export interface Terminal {
  readonly stdin: NodeJS.ReadableStream
  readonly stderr: NodeJS.WritableStream
}

/** Asks once for all operations with `confirm`. Undefined when the run can begin, else why it does not. */
export async function confirmRun(
  plan: CompiledPlan,
  { yes, terminal, isDone = () => false }: ConfirmSettings,
): Promise<string | undefined> {
  if (yes) return undefined
  const operations = operationsToConfirm(plan, []).filter(({ id }) => !isDone(id))
  if (operations.length === 0) return undefined
  const these = `${count(operations.length, 'operation')} of ${plan.graph.operations.length} ${operations.length === 1 ? 'has' : 'have'}`
  const list = [`${these} to be confirmed:`, ...confirmLines(operations, '- ')]
  if (typeof terminal === 'string')
    return `${list.map(visible).join('\n')}\nCannot ask for confirmation: ${terminal}. --yes confirms them. Nothing was done.`
  terminal.stderr.write(`${list.map(visible).join('\n')}\n`)
  return (await isAgreed(terminal)) ? undefined : 'Not confirmed; nothing was done.'
}

/** Anything but a yes, the end of the input too, is a no. */
async function isAgreed({ stdin, stderr }: Terminal): Promise<boolean> {
  const lines = createInterface({ input: stdin, output: stderr })
  // While a line is read, Ctrl-C is a key and no signal.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  try {
    return await new Promise<boolean>((resolve) => {
      lines.once('close', () => resolve(false))
      lines.question('Run the whole plan? [y/N] ', (answer) => resolve(/^\s*y(es)?\s*$/i.test(answer)))
    })
  } finally {
    lines.close()
  }
}
