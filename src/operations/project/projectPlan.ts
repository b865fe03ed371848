import { isPlainObject } from '../../model/codec/plainObject.js'
import type { ProjectRequest } from './projectRequest.js'
import { packageName } from './packageName.js'
import { readmeOf } from './readmeOf.js'

/** One step in making a project. */
export interface ProjectStep {
  readonly id: string
  readonly type: 'file'
  readonly operation: 'mkdir' | 'create'
  readonly params: { readonly path: string; readonly content?: string; readonly encoding?: 'base64' }
}

export const projectFolders = ['src', 'tests', 'docs', 'scripts'] as const

/** The folder a project is made in. */
export function projectFolder({ projectName, basePath }: ProjectRequest): string {
  return (basePath ?? packageName(projectName)).replace(/\/+$/, '') || '/'
}

/** What a project starts from, besides what it is asked for. */
export interface ProjectBasis {
  /** From the template. */
  readonly files: readonly (readonly [path: string, content: string | Base64])[]
  readonly packageJson: Readonly<Record<string, unknown>>
}

/** The content of a file that may be no text. */
export interface Base64 {
  readonly base64: string
}

/** The operations that make a project. Files are created, never overwritten: one that is there already fails alone. */
export function projectPlan(request: ProjectRequest, basis: ProjectBasis): readonly ProjectStep[] {
  const { projectName, fileStructure = {}, packageJson = {} } = request
  const base = projectFolder(request)
  const inside = (path: string): string => (base === '.' ? path : `${base === '/' ? '' : base}/${path}`)
  const manifest = manifestOf(projectName, basis.packageJson, packageJson)
  const files = new Map<string, string | Base64 | null>([
    ...projectFolders.map((folder) => [folder, null] as const),
    ['README.md', readmeOf(projectName, manifest)],
    ['.gitignore', 'node_modules/\n.millrace/\n'],
    ...basis.files,
    // What the template says there is in the manifest already.
    ['package.json', `${JSON.stringify(manifest, null, 2)}\n`],
    // A file of the caller's own takes the place of one that every project gets.
    ...Object.entries(fileStructure).map(([path, content]) => [path.replace(/\/+$/, ''), content] as const),
  ])
  return [...files].map(([path, content], position) => {
    if (content === null) return { id: `folder${position + 1}`, type: 'file', operation: 'mkdir', params: { path: inside(path) } }
    const written = typeof content === 'string' ? { content } : { content: content.base64, encoding: 'base64' as const }
    return { id: `file${position + 1}`, type: 'file', operation: 'create', params: { path: inside(path), ...written } }
  })
}

/** Only what is true of every new project; `npm test` runs whatever `*.test.js` there is. */
function manifestOf(
  projectName: string,
  template: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return {
    version: '0.1.0',
    private: true,
    type: 'module',
    ...template,
    // A template is called like itself, a project like itself.
    name: packageName(projectName),
    ...given,
    scripts: { test: 'node --test', ...scriptsOf(template), ...scriptsOf(given) },
  }
}

function scriptsOf({ scripts }: Readonly<Record<string, unknown>>): object {
  return isPlainObject(scripts) ? scripts : {}
}
