import { resolve } from 'node:path'
import { notYetKnown, type Effects, type NotYetKnown } from '../../model/effects.js'
import type { OperationRegistry } from '../../model/operationType.js'
import { effectsOfTask } from './prepareTask.js'
import type { Accept, Task } from './taskCodec.js'
import type { Workplace } from './workplace.js'

/** What tasks touch that agents may be given: their operations' effects, and for tasks in words the folder an agent program works in. */
export function taskEffects(tasks: readonly Task[] | NotYetKnown, registry: OperationRegistry, place: Workplace): Effects {
  if (tasks === notYetKnown) return { writes: [{ resource: 'file:', orderOnly: true }] }
  const operations = tasks.map((task) => effectsOfTask(task, registry))
  const follows = [
    ...operations.flatMap((effects) => effects.follows ?? []),
    ...(tasks.some((task) => typeof task === 'string') ? folders(place) : []).map((folder) => ({ resource: `file:${folder}` })),
  ]
  return {
    reads: operations.flatMap((effects) => effects.reads ?? []),
    writes: operations.flatMap((effects) => effects.writes ?? []),
    ...(follows.length > 0 && { follows }),
  }
}

/** Where agent programs of any kind work: which agent gets a task is not known before the run. */
function folders({ kinds, roots }: Workplace): readonly string[] {
  const runners = [...kinds.values()].flatMap(({ runner }) => (runner?.type === 'process' ? runner : []))
  return [...new Set(runners.map(({ cwd = '.' }) => resolve(roots[0], cwd)))]
}

/** The task and its checks, as far as they are known. */
export function tasksWithChecks(task: Task | NotYetKnown, accept: Accept | NotYetKnown | undefined): readonly Task[] | NotYetKnown {
  return task === notYetKnown || accept === notYetKnown ? notYetKnown : [task, ...(accept?.operations ?? [])]
}
