import { isPlainObject } from '../../model/codec/plainObject.js'
import { quoteText } from '../../model/fault/quote.js'
import { OperationFailure } from '../../model/operationError.js'
import type { Base64, ProjectBasis } from './projectPlan.js'

/** Performs a file operation and gives its value. */
type ReadBy = (name: string, params: object) => Promise<unknown>

/** The most files of a template. */
const mostFiles = 1_000

/** The files of a folder, as the template of a project. `node_modules` and `.git` are left out; package.json is merged. */
export async function copiedTemplate(folder: string, perform: ReadBy): Promise<ProjectBasis> {
  const listed = (await listing(folder, perform)) as Listing
  const base = `${listed.path === '.' ? '' : `${listed.path.replace(/\/+$/, '')}/`}`
  const paths = listed.entries
    .filter(({ kind }) => kind === 'file')
    .map(({ path }) => path)
    .filter((path) => !/(^|\/)(node_modules|\.git|\.millrace)\//.test(path.slice(base.length)))
  if (listed.truncated === true || paths.length > mostFiles) throw tooMany(folder)
  const contents = await Promise.all(paths.map(async (path) => [path.slice(base.length), await contentOf(path, perform)] as const))
  const manifest = contents.find(([path]) => path === 'package.json')?.[1]
  return {
    files: contents.filter(([path]) => path !== 'package.json'),
    packageJson: manifest === undefined ? {} : fieldsIn(folder, manifest),
  }
}

async function listing(folder: string, perform: ReadBy): Promise<unknown> {
  try {
    return await perform('file.list', { path: folder, recursive: true, limit: 20 * mostFiles })
  } catch (error) {
    if (!(error instanceof OperationFailure)) throw error
    const message = `template ${quoteText(folder)}: ${error.error.message} Use node, typescript, none, or a folder to copy. Nothing was made.`
    throw new OperationFailure({ ...error.error, message })
  }
}

interface Listing {
  readonly path: string
  readonly truncated?: boolean
  readonly entries: readonly { readonly path: string; readonly kind: string }[]
}

async function contentOf(path: string, perform: ReadBy): Promise<Base64> {
  const { content } = (await perform('file.read', { path, encoding: 'base64' })) as { readonly content: string }
  return { base64: content }
}

function fieldsIn(folder: string, { base64 }: Base64): Readonly<Record<string, unknown>> {
  try {
    const fields: unknown = JSON.parse(Buffer.from(base64, 'base64').toString())
    if (isPlainObject(fields)) return fields
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  const message = `${folder}/package.json: this is not a JSON object. Correct it, or choose another template. Nothing was made.`
  throw new OperationFailure({ type: 'invalid-params', message, retryable: false, at: ['params', 'template'] })
}

function tooMany(folder: string): OperationFailure {
  const message = `params.template: ${folder} has more than ${mostFiles} files. Choose a smaller folder. Nothing was made.`
  return new OperationFailure({ type: 'invalid-params', message, retryable: false, at: ['params', 'template'] })
}
