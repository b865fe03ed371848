import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export interface Ending {
  readonly code: number | null
  readonly lines: readonly string[]
}

/** Writes `files` into a new folder that sees this project's node_modules, hands it to `use`, and removes it. */
export async function withFolder<A>(files: Readonly<Record<string, string>>, use: (folder: string) => Promise<A>): Promise<A> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-fixture-'))
  try {
    await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction')
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Runs a script of this project with node, in `cwd`, to its end. */
export function runScript(script: string, args: readonly string[] = [], cwd = process.cwd(), env = process.env): Promise<Ending> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [resolve(script), ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    const take = (chunk: Buffer) => chunks.push(chunk)
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', fail)
    child.on('close', (code) => done({ code, lines: Buffer.concat(chunks).toString().trimEnd().split('\n') }))
  })
}
