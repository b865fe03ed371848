// Programs are started in process groups of their own, so that one that hangs can be ended with all it started.
import { spawn } from 'node:child_process'

const running = new Set()

// A group of its own hears nothing of Ctrl-C: what is running must not outlive the process that waits for it.
for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 })) {
  process.once(signal, () => {
    for (const child of running) killGroup(child)
    process.exit(code)
  })
}

export function spawnGroup(program, args, options) {
  const child = spawn(program, args, { ...options, detached: true })
  running.add(child)
  child.once('close', () => running.delete(child))
  return child
}

/** Ends what is left of the group, which may be nothing. */
export function killGroup(child) {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') throw error
  }
}
