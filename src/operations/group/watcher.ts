import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { Socket } from 'node:net'
import { startTicks } from '../../system/processStart.js'
import { watcherScript } from './watcherScript.js'

/**
 * Ends the programs of this process when something ends it that leaves it no time to: SIGKILL, SIGQUIT, an abort, a full heap.
 *
 * A shell in a session of its own that reads from a pipe: the system closes the pipe, whatever happens to this process. It is started before
 * the first program, and keeps neither a terminal, nor a folder, nor this process.
 */
export interface Watcher {
  /** What every program has in its environment, so that one that was only announced can be found. */
  readonly mark: { readonly name: string; readonly value: string }
  /** A program is about to be started. */
  readonly announce: () => void
  /** It was not started. */
  readonly withdraw: () => void
  /** It leads this group. Told at once, before anything can have taken note of its end. */
  readonly add: (group: number) => void
  /** None of the group is left. */
  readonly remove: (group: number) => void
}

/** How often one that was ended is started anew, should something end them all. */
const mostStarts = 5

export function watcher(): Watcher {
  const mark = { name: 'MILLRACE_WATCH', value: randomBytes(16).toString('hex') }
  const groups = new Map<number, string>()
  let shell: ChildProcess | undefined
  let starts = 0

  const tell = (line: string): void => void shell?.stdin?.write(`${line}\n`)

  const begin = (): void => {
    if (shell !== undefined || starts === mostStarts) return
    starts += 1
    const started = startShell(`${mark.name}=${mark.value}`)
    shell = started
    const gone = (why: string): void => {
      if (shell !== started) return
      shell = undefined
      if (starts === mostStarts) warn(why)
      else if (groups.size > 0) begin()
    }
    started.once('error', (error) => {
      // There is no shell, or no room for another process: another try would end in the same way.
      starts = mostStarts
      gone(error.message)
    })
    started.once('exit', (code, signal) => gone(signal ?? `exit code ${code}`))
    for (const [group, start] of groups) tell(`+ ${group} ${start}`)
  }

  return {
    mark,
    announce() {
      begin()
      tell('! 0 0')
    },
    withdraw: () => tell('- 0 0'),
    add(group) {
      // Where the system does not say when it started, the watcher asks for it in its own time.
      const start = startTicks(group) ?? '?'
      groups.set(group, start)
      tell(`+ ${group} ${start}`)
    },
    remove(group) {
      groups.delete(group)
      tell(`- ${group} 0`)
    },
  }
}

function startShell(mark: string): ChildProcess {
  // Called as sh, never as bash: that reads a person's start file when its input is a socket, as the pipes of Node are.
  const shell = spawn('/bin/sh', ['-c', watcherScript, 'millrace-watcher', mark], {
    cwd: '/',
    detached: true,
    env: { PATH: `${process.env['PATH'] ?? ''}:/usr/bin:/bin` },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // It is told by its end that it has ended.
  shell.stdin?.on('error', () => undefined)
  if (shell.stdin instanceof Socket) shell.stdin.unref()
  shell.unref()
  return shell
}

function warn(why: string): void {
  process.emitWarning(
    `/bin/sh, which ends programs that are still running when this process is killed, is not there (${why}). A SIGKILL of this process now leaves its programs running.`,
    'MillraceWarning',
  )
}
