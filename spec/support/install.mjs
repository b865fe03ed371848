// Installs what is missing before anything else can run, so this file needs nothing but node.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { command } from './command.mjs'

/** Brings node_modules to what the lock file says, unless it is there already; answers whether it had to. */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return false
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { code, output } = await command(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root })
  if (code !== 0) throw new Error(`npm ci failed:\n${output.split('\n').slice(0, 40).join('\n')}`)
  return true
}

// By version and not by file time: a checkout sets times as it likes.
function isInstalled(root) {
  const wanted = packagesIn(join(root, 'package-lock.json'))
  const present = packagesIn(join(root, 'node_modules/.package-lock.json'))
  if (wanted === undefined || present === undefined) return false
  return Object.entries(wanted).every(([path, { version, optional }]) => path === '' || optional || present[path]?.version === version)
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}
