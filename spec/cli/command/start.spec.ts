import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('the start of millrace')

const main = new URL('../../../src/cli/main.js', import.meta.url)

/** The modules that a built file is made of, and those that it loads at once: `src/cli/main.ts`, or the name of a package. */
function modulesIn(url: URL, seen = new Set<string>()): ReadonlySet<string> {
  const found = new Set<string>()
  if (seen.has(url.href)) return found
  seen.add(url.href)
  const text = readFileSync(url, 'utf8')
  for (const [, path] of text.matchAll(/^ *\/\/ ((?:src|node_modules)\/\S+)$/gm))
    found.add(/^node_modules\/([^/]+)/.exec(path!)?.[1] ?? path!)
  for (const [, from] of text.matchAll(/^(?:import|export)\b[^;]*?"([^"]+)";$/gm))
    if (from!.startsWith('.')) for (const module of modulesIn(new URL(from!, url), seen)) found.add(module)
    else if (!from!.startsWith('node:')) found.add(from!)
  return found
}

/** What a command loads besides, by the name of its module. */
function piece(name: string): URL {
  const found = new RegExp(`import\\("([^"]*/${name}-\\w+\\.mjs)"\\)`).exec(readFileSync(main, 'utf8'))
  assert.ok(found, `main.js loads ${name} when it is asked for`)
  return new URL(found[1]!, main)
}

test('help and completion wait for commander alone, not for the engine', () => {
  for (const url of [main, piece('completion')]) {
    const modules = [...modulesIn(url)]
    assert.ok(modules.some((module) => module.startsWith('src/cli/')))
    assert.equal(
      // How a word is quoted for a shell is three lines, with nothing behind them.
      modules.filter((module) => !module.startsWith('src/cli/') && module !== 'src/model/fault/shellWord.ts'),
      ['commander'].filter(() => url === main),
    )
  }
})

test('running a plan waits for yaml only when the plan is not JSON', () => {
  const modules = modulesIn(piece('run'))
  assert.ok(modules.has('src/engine/runCompiled.ts') && modules.has('rxjs'))
  assert.not(modules.has('yaml'))
})

test('a command is a few files, not one for each module', () => {
  const files = new Set<string>()
  modulesIn(piece('run'), files)
  assert.ok(files.size < 25, [...files].join('\n'))
})

test('the server waits for no package that only few plans need', () => {
  const served = readFileSync(piece('mcp'), 'utf8')
  const url = new URL(/"([^"]*\/serve-\w+\.mjs)"/.exec(served)![1]!, piece('mcp'))
  const modules = modulesIn(url)
  assert.ok(modules.has('@modelcontextprotocol') && modules.has('src/mcp/serve.ts'))
  // What the protocol's package knows of sign-in over the web is left out with all else that this server does not speak of.
  assert.not(readFileSync(url, 'utf8').includes('OAuthMetadataSchema'))
  for (const name of ['undici', 're2js', 'yaml', 'gpt-tokenizer', 'commander']) assert.not(modules.has(name), name)
})

test.run()
