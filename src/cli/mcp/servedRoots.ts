import { homedir } from 'node:os'
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { isTooWide } from '../../mcp/serve/tooWide.js'

/** The folders that a server may reach, and who named them; or why there are none. */
export type ServedRoots =
  | { readonly type: 'roots'; readonly roots: readonly string[]; readonly from: '--root' | 'CLAUDE_PROJECT_DIR' | 'the current folder' }
  | { readonly type: 'none'; readonly reason: string }

/**
 * The roots of `--root`; without them the project folder that Claude Code names, or the current folder.
 *
 * Nobody means a whole disk or a home folder by saying nothing: those are roots only when they are named.
 */
export function servedRoots(named: readonly string[] | undefined, env: NodeJS.ProcessEnv, cwd: string, home = homedir()): ServedRoots {
  if (named !== undefined) return { type: 'roots', roots: named, from: '--root' }
  const project = env['CLAUDE_PROJECT_DIR']
  if (project !== undefined && isFolder(project) && !isTooWide(project, home))
    return { type: 'roots', roots: [resolve(project)], from: 'CLAUDE_PROJECT_DIR' }
  if (!isTooWide(cwd, home)) return { type: 'roots', roots: [cwd], from: 'the current folder' }
  const reason = `the current folder is ${cwd}, which holds far more than a project. Name the folders that plans can reach with --root DIR, even if it is this one.`
  return { type: 'none', reason }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
