// The MCP server with all it needs to start, as one file: clients wait for its first answer. What few calls need stays
// outside and loads when they do.
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { writeIfChanged } from './transpile.mjs'

const lean = {
  name: 'lean',
  setup(build) {
    // The protocol's package brings a validator of 150 KB for answers to questions that this server never asks.
    build.onResolve({ filter: /^@modelcontextprotocol\/server\/_shims$/ }, () => ({ path: 'shims', namespace: 'lean' }))
    build.onLoad({ filter: /.*/, namespace: 'lean' }, () => ({ contents: shims }))
    // The same modules in the newer format, of which only what is used is taken.
    build.onResolve({ filter: /^fp-ts\/lib\// }, ({ path, resolveDir, kind }) =>
      build.resolve(path.replace('fp-ts/lib/', 'fp-ts/es6/'), { resolveDir, kind }),
    )
  },
}

const shims = `
export { default as process } from 'node:process'
export class DefaultJsonSchemaValidator {
  getValidator() {
    throw new Error('A defect in millrace: this server asks its clients nothing.')
  }
}`

/** Bundles `mcp/serve.js` of the built scripts in `dist`. */
export async function bundleServer(dist) {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [join(dist, 'mcp/serve.js')],
    bundle: true,
    write: false,
    minify: true,
    platform: 'neutral',
    format: 'esm',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    conditions: ['es2015', 'import'],
    plugins: [lean],
    external: [
      'node:*',
      ...builtinModules,
      '@modelcontextprotocol/client',
      '@modelcontextprotocol/node',
      'undici',
      'tinyglobby',
      './serve/http.js',
    ],
    logLevel: 'silent',
  })
  await writeIfChanged(join(dist, 'mcp/serve.bundle.mjs'), outputFiles[0].text)
}
