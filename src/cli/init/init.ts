// cli/init: the command that makes a new project.
import { resolve } from 'node:path'
import { lastValueFrom, toArray } from 'rxjs'
import { shellWord } from '../../model/fault/shellWord.js'
import { runBatch } from '../../engine/runBatch.js'
import type { BatchEvent } from '../../model/event.js'
import { standardOperations } from '../../operations/standard.js'
import { exitCodes } from '../process/exitCodes.js'
import { rootFault } from '../flags/rootFault.js'
import { refuseUsage } from '../process/refuseUsage.js'
import { visible } from '../../terminal/text/visible.js'

export interface InitFlags {
  readonly root?: string
  readonly template?: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** What `project.init` gives. */
interface Made {
  readonly path: string
  readonly made: readonly string[]
  readonly kept: readonly string[]
}

/** `millrace init`: makes a project by a batch of one operation, and tells what was made. Answers the exit code. */
export async function init(
  projectName: string,
  { root = '.', template = 'node', dryRun = false, json = false }: InitFlags,
): Promise<number> {
  const rootless = await rootFault({ root: [root] })
  if (rootless !== undefined) return refuseUsage(rootless)
  if (projectName.trim() === '' || projectName.length > 200) return refuseUsage('<name>: give it a name of 1 to 200 characters.')
  const operation = {
    id: 'project',
    type: 'project',
    operation: 'init',
    params: { projectName: { $literal: projectName }, template, dryRun },
  }
  const events = await lastValueFrom(runBatch([operation], { operations: standardOperations({ root: resolve(root) }) }).pipe(toArray()))
  const made = outcomeOf(events)
  if (typeof made === 'string') {
    process.stderr.write(`${visible(made)}\n`)
    return exitCodes.failed
  }
  process.stdout.write(json ? `${JSON.stringify(made)}\n` : textOf(made, dryRun))
  return exitCodes.ok
}

/** What was made, or why nothing was. */
function outcomeOf(events: readonly BatchEvent[]): Made | string {
  for (const event of events) {
    if (event.type === 'operation-succeeded') return event.value as Made // The one operation there is gives that.
    if (event.type === 'operation-failed') return event.error.message
  }
  throw new Error('A defect in millrace: the project was neither made nor refused.')
}

function textOf({ path, made, kept }: Made, dryRun: boolean): string {
  const list = (paths: readonly string[]): readonly string[] => paths.map((one) => `  ${visible(one)}`)
  return [
    ...(made.length > 0 ? [dryRun ? 'Would make:' : 'Made:', ...list(made)] : []),
    ...(kept.length > 0 ? ['Already there, and kept as is:', ...list(kept)] : []),
    ...(dryRun ? ['Nothing was done.'] : ['', `Next: cd ${visible(shellWord(path))} && npm install && npm test`]),
    '',
  ].join('\n')
}
