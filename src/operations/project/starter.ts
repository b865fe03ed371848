import { isPlainObject } from '../../model/codec/plainObject.js'
import type { ProjectRequest } from './projectRequest.js'

/** What a built-in template adds to a project: files with a first function and its test, and fields of package.json. */
export interface Starter {
  readonly files: readonly (readonly [path: string, content: string])[]
  readonly packageJson: Readonly<Record<string, unknown>>
}

const greeting = (type: string): string => `/** Says hello to someone. */
export function greet(name${type}) {
  return \`Hello, \${name}!\`
}
`

const test = (from: string): string => `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { greet } from '${from}'

test('greets by name', () => {
  assert.equal(greet('Ada'), 'Hello, Ada!')
})
`

const tsconfig = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    types: ['node'],
    strict: true,
    declaration: true,
    rootDir: '.',
    outDir: 'dist',
  },
  include: ['src', 'tests'],
}

const node: Starter = {
  files: [
    // `.mjs` is a module whatever package.json says.
    ['src/index.mjs', greeting('')],
    ['tests/index.test.mjs', test('../src/index.mjs')],
  ],
  packageJson: {},
}

const typescript: Starter = {
  files: [
    ['tsconfig.json', `${JSON.stringify(tsconfig, null, 2)}\n`],
    ['src/index.ts', greeting(': string')],
    ['tests/index.test.ts', test('../src/index.js')],
  ],
  packageJson: {
    scripts: { build: 'tsc', test: 'tsc && node --test dist/tests/*.test.js' },
    devDependencies: { '@types/node': '^20.19.0', typescript: '^5.9.0' },
  },
}

const nothing: Starter = { files: [], packageJson: {} }

const templates: Readonly<Record<string, Starter>> = { node, typescript, none: nothing }

/** Files that a project may already start from: beside one of them no second entry is made. */
export const entryFiles: readonly string[] = ['src/index', 'src/main', 'index', 'main'].flatMap((name) =>
  ['.mjs', '.js', '.cjs', '.ts', '.mts', '.cts', '.tsx', '.jsx'].map((ending) => name + ending),
)

/** Undefined when the template is a folder. */
export function builtInTemplate(template: string): Starter | undefined {
  return Object.hasOwn(templates, template) ? templates[template] : undefined
}

/** A template without its code where the caller brings code, an entry or a test command, or where an entry is there already. */
export function starterOf(
  template: Starter,
  { fileStructure = {}, packageJson = {} }: ProjectRequest,
  there: ReadonlySet<string>,
): Starter {
  const paths = Object.entries(fileStructure).flatMap(([path, content]) => (content === null ? [] : [path.replace(/^\.\//, '')]))
  const brings = paths.some((path) => /^(src|tests)\//.test(path) || entryFiles.includes(path))
  const named = ['main', 'exports', 'bin'].some((field) => Object.hasOwn(packageJson, field))
  const { scripts } = packageJson
  const tests = isPlainObject(scripts) && Object.hasOwn(scripts, 'test')
  if (!brings && !named && !tests && !entryFiles.some((path) => there.has(path))) return template
  // What is there already is named, since it is kept.
  return { ...template, files: template.files.filter(([path]) => path === 'tsconfig.json' || there.has(path)) }
}
