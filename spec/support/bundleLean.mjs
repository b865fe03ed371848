// What the bundle takes in place of what it finds, as a plugin of esbuild.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What is seldom asked for: each as a piece of its own would cut what it shares with the others into dozens of pieces. */
const seldom = {
  ...Object.fromEntries(
    ['show', 'resume', 'history', 'trend', 'compare', 'baseline', 'init', 'schema'].map((name) => [name, `./${name}/${name}.js`]),
  ),
  compareSequential: './run/sequential/compareSequential.js',
  writeReport: './report/writeReport.js',
  reportOfRun: './report/reportOfRun.js',
  watchRun: './watch/watchRun.js',
  runPage: './watch/runPage.js',
  readConfigFile: '../operations/config/readConfigFile.js',
}

/** What Node takes a while to load and no start needs, with what is imported of it: each loads when it is first called. */
const lazy = {
  'node:child_process': ['spawn'],
  'node:crypto': ['createHash', 'randomBytes', 'randomUUID', 'timingSafeEqual'],
  'node:dns': ['lookup'],
  'node:zlib': ['crc32', 'createBrotliDecompress', 'createGunzip', 'createInflate', 'createInflateRaw'],
}

export function lean({ root, version }) {
  const made = {
    seldom: Object.entries(seldom)
      .map(([name, path]) => `export { ${name} } from '${path}'`)
      .join('\n'),
    version: `export const ownVersion = () => ${JSON.stringify(version)}`,
    // The protocol's package brings a validator of 150 KB for the answers of clients, which this server reads by itself.
    shims: `
export { default as process } from 'node:process'
export class DefaultJsonSchemaValidator {
  getValidator() {
    throw new Error('A defect in millrace: this server reads the answers of its clients by itself.')
  }
}`,
  }
  return {
    name: 'lean',
    setup(build) {
      const take = (filter, name, only = () => true) =>
        build.onResolve({ filter }, (found) => (only(found) ? { path: name, namespace: 'made' } : undefined))
      take(/^@modelcontextprotocol\/server\/_shims$/, 'shims')
      take(/\/ownVersion\.js$/, 'version')
      take(new RegExp(`/(${Object.keys(seldom).join('|')})\\.js$`), 'seldom', ({ kind }) => kind === 'dynamic-import')
      build.onLoad({ filter: /.*/, namespace: 'made' }, ({ path }) => ({ contents: made[path], resolveDir: join(root, 'src/cli') }))

      // The same modules in the newer format, of which only what is used is taken.
      build.onResolve({ filter: /^fp-ts\/lib\// }, ({ path, resolveDir, kind }) =>
        build.resolve(path.replace('fp-ts/lib/', 'fp-ts/es6/'), { resolveDir, kind }),
      )
      build.onLoad({ filter: /@modelcontextprotocol\/(core|server)\/dist\/[^/]+\.mjs$/ }, async ({ path }) => ({
        contents: withoutUnusedSchemas(await readFile(path, 'utf8')),
      }))
      // Its checks are made into programs when they are first used, which pays after some thousand messages: more than a session has.
      build.onLoad({ filter: /\/zod\/v4\/core\/core\.js$/ }, async ({ path }) => ({
        contents: `${await readFile(path, 'utf8')}\nglobalConfig.jitless = true\n`,
      }))
      build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
        kind === 'require-call' || path in lazy ? { path, namespace: 'node' } : undefined,
      )
      build.onLoad({ filter: /.*/, namespace: 'node' }, ({ path }) => ({
        contents: lazy[path]?.map(calledLater(path)).join('\n') ?? required(path),
      }))
    },
  }
}

function calledLater(path) {
  return (name) => `let ${name}Itself
export const ${name} = (...given) => (${name}Itself ??= process.getBuiltinModule('${path}').${name})(...given)`
}

// In a module there is no require, which commander asks Node's own modules of.
function required(path) {
  return `module.exports = process.getBuiltinModule('${path}')`
}

/**
 * The protocol's package makes a schema of everything it knows, sign-in over the web included, and lists them all, as it loads: two
 * thirds of the server's start. The list is for others; without it, the bundler may leave out each schema that nothing else names.
 */
function withoutUnusedSchemas(source) {
  return source
    .replace(/^for \(const .+\) register\(.+\);$/gm, '')
    .replace(/^const (\w+Schema) = ((?:z|\w+Schema)\.[^]*?);\n(?!\n?[\t })\]])/gm, 'const $1 = /* @__PURE__ */ (() => $2)();\n')
}
