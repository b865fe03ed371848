import { isPlainObject } from '../../model/codec/plainObject.js'
import type { ProjectRequest } from './projectRequest.js'
import { packageName } from './packageName.js'
import { readmeOf } from './readmeOf.js'
import { starter } from './starter.js'

/** One step in making a project. */
export interface ProjectStep {
  readonly id: string
  readonly type: 'file'
  readonly operation: 'mkdir' | 'create'
  readonly params: { readonly path: string; readonly content?: string }
}

export const projectFolders = ['src', 'tests', 'docs', 'scripts'] as const

/** The folder a project is made in. */
export function projectFolder({ projectName, basePath }: ProjectRequest): string {
  return (basePath ?? packageName(projectName)).replace(/\/+$/, '') || '/'
}

/** The operations that make a project. Files are created, never overwritten: one that is there already fails alone. */
export function projectPlan(request: ProjectRequest): readonly ProjectStep[] {
  const { projectName, fileStructure = {}, packageJson = {} } = request
  const base = projectFolder(request)
  const inside = (path: string): string => (base === '.' ? path : `${base === '/' ? '' : base}/${path}`)
  const manifest = manifestOf(projectName, packageJson)
  const files = new Map<string, string | null>([
    ...projectFolders.map((folder) => [folder, null] as const),
    ['package.json', `${JSON.stringify(manifest, null, 2)}\n`],
    ['README.md', readmeOf(projectName, manifest)],
    ['.gitignore', 'node_modules/\n.millrace/\n'],
    ...starter(request),
    // A file of the caller's own takes the place of one that every project gets.
    ...Object.entries(fileStructure).map(([path, content]) => [path.replace(/\/+$/, ''), content] as const),
  ])
  return [...files].map(([path, content], position) =>
    content === null
      ? { id: `folder${position + 1}`, type: 'file', operation: 'mkdir', params: { path: inside(path) } }
      : { id: `file${position + 1}`, type: 'file', operation: 'create', params: { path: inside(path), content } },
  )
}

/** Only what is true of every new project; `npm test` runs whatever `*.test.js` there is. */
function manifestOf(projectName: string, given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const scripts = isPlainObject(given['scripts']) ? given['scripts'] : {}
  return {
    name: packageName(projectName),
    version: '0.1.0',
    private: true,
    type: 'module',
    ...given,
    scripts: { test: 'node --test', ...scripts },
  }
}
