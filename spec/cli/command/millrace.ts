import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { agentVariables } from '../../../src/terminal/output/outputMode.js'

const main = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url))

const readerVariables = new Set(['FORCE_COLOR', 'NO_COLOR', 'GITHUB_ACTIONS', ...agentVariables])

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** What stderr or stdout holds of this, once one does; fails when the process ends without. */
  readonly told: (text: string | RegExp) => Promise<string>
}

export interface Surroundings {
  readonly cwd: string
  readonly stdin?: string
  readonly env?: { readonly [name: string]: string }
}

/** Starts the built command line in a folder. */
export function start(args: readonly string[], { cwd, stdin = '', env = {} }: Surroundings): Running {
  // Colours and the like must not depend on who runs the specs.
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !readerVariables.has(name)))
  const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...inherited, ...env }, stdio: 'pipe' })
  let [stdout, stderr] = ['', '']
  const waits: { readonly text: string | RegExp; readonly done: (found: string) => void; readonly failed: (error: Error) => void }[] = []
  const check = (): void => {
    for (const { text, done } of waits) {
      const found = foundIn(stdout, text) ?? foundIn(stderr, text)
      if (found !== undefined) done(found)
    }
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    check()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    check()
  })
  child.stdin.on('error', () => undefined).end(stdin)
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      for (const { text, failed } of waits) failed(new Error(`It ended without saying ${String(text)}.\n${stdout}\n${stderr}`))
      resolve({ code, stdout, stderr })
    })
  })
  const told = (text: string | RegExp): Promise<string> =>
    new Promise((done, failed) => {
      waits.push({ text, done, failed })
      check()
    })
  return { child, ended, told }
}

function foundIn(said: string, text: string | RegExp): string | undefined {
  return typeof text === 'string' ? (said.includes(text) ? text : undefined) : text.exec(said)?.[0]
}

/** Runs it to its end. */
export function millrace(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  return start(args, surroundings).ended
}

/** A fresh folder with some files, gone afterwards. */
export async function inFolder(
  files: { readonly [name: string]: string | object },
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-cli-'))
  try {
    for (const [name, content] of Object.entries(files))
      await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
    await body(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** A program of one line of JavaScript as an operation. */
export function node(id: string, code: string, settings: object = {}): object {
  return { id, type: 'shell', operation: 'run', params: { command: ['node', '-e', code] }, ...settings }
}

/** The lines of NDJSON, each parsed. */
export function parsed(text: string): readonly { readonly [key: string]: unknown }[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { readonly [key: string]: unknown })
}

/** A pattern in which TIME stands for any duration: of a fast machine it is under 1 ms, of a busy one it may be minutes. */
export function timed(pattern: RegExp): RegExp {
  return new RegExp(pattern.source.replaceAll('TIME', String.raw`(?:under 1 ms|[\d.]+ m?s|\d+ min(?: \d+ s)?)`), pattern.flags)
}
