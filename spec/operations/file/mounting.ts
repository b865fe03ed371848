import { execFileSync } from 'node:child_process'
import { tempTree } from '../../support/tempTree.js'
import { join } from 'node:path'

function mount(...args: readonly string[]): void {
  execFileSync('mount', args, { stdio: 'ignore' })
}

function unmount(at: string): void {
  execFileSync('umount', [at], { stdio: 'ignore' })
}

/** Whether this process may mount a folder at another place: as the superuser on Linux, outside most containers. */
export const mountable: boolean = process.platform === 'linux' && process.geteuid?.() === 0 && mayMount()

function mayMount(): boolean {
  const home = tempTree({ a: null, b: null })
  try {
    mount('--bind', join(home, 'a'), join(home, 'b'))
  } catch (error) {
    if (error instanceof Error) return false // The program says no, or is not there.
    throw error
  }
  unmount(join(home, 'b'))
  return true
}

/** Shows a file or folder at another place too while it is used. */
export async function withMount(from: string, at: string, use: () => Promise<void>): Promise<void> {
  mount('--bind', from, at)
  try {
    await use()
  } finally {
    unmount(at)
  }
}
