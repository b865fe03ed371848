import { mkdtemp, mkdir, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { toolHost, type Host, type HostOptions } from '../../src/mcp/host.js'
import { isAlive as stillRuns } from '../../src/system/processStart.js'

/** A fresh folder with some files, gone afterwards. */
export async function inRoot(files: Readonly<Record<string, string>>, body: (root: string) => Promise<void>): Promise<void> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'millrace-mcp-')))
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true })
      await writeFile(join(root, name), content)
    }
    await body(root)
  } finally {
    // Servers and programs that are about to end may still write there.
    await rm(root, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** The same with the tools' surroundings for it, closed afterwards. */
export async function withHost(
  options: Omit<HostOptions, 'root'>,
  body: (host: Host, root: string) => Promise<void>,
  files: Readonly<Record<string, string>> = {},
): Promise<void> {
  await inRoot(files, async (root) => {
    const host = toolHost({ root, ...options })
    try {
      await body(host, root)
    } finally {
      await host.close('the spec has ended')
    }
  })
}

/** A file operation, as plans write it. */
export function file(id: string, operation: string, params: object, more: object = {}): object {
  return { id, type: 'file', operation, params, ...more }
}

/** A program of one line of JavaScript. */
export function node(id: string, code: string, more: object = {}): object {
  return { id, type: 'shell', operation: 'run', params: { command: ['node', '-e', code] }, ...more }
}

/** Whether it runs: one that has ended and whose parent has not asked how is no more. */
export const isAlive = (pid: number): boolean => stillRuns(pid, undefined)
