// Runs one program to its end and keeps what it says; one that hangs is killed, with what it started.
import { killGroup, spawnGroup } from './processGroup.mjs'

const limitMs = 300_000

// Some tools take CI for a terminal that knows colours.
const { FORCE_COLOR: _, ...inherited } = process.env
const plain = { ...inherited, NO_COLOR: '1' }

/** Answers `{ code, output }`, output being stdout and stderr as they came; `code` is 0 only when all is well. */
export function command(program, args, { cwd } = {}) {
  return new Promise((resolve) => {
    const child = spawnGroup(program, args, { cwd, env: plain, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks = []
    const take = (chunk) => chunks.push(chunk)
    const end = (code) => resolve({ code, output: Buffer.concat(chunks).toString().trim() })
    const limit = setTimeout(() => {
      take(Buffer.from(`\n${program} was killed after ${limitMs / 1000} s`))
      killGroup(child)
    }, limitMs)
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) => {
      clearTimeout(limit)
      take(Buffer.from(error.message))
      end(1)
    })
    child.on('close', (code) => {
      clearTimeout(limit)
      end(code ?? 1)
    })
  })
}

/** Runs a script with this very node. */
export const node = (args, options) => command(process.execPath, args, options)
