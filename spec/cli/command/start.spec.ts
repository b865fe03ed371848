import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('the start of millrace')

/** What a built module and the modules it loads at once import from packages. */
function packagesLoaded(url: URL, seen = new Set<string>()): ReadonlySet<string> {
  const found = new Set<string>()
  if (seen.has(url.href)) return found
  seen.add(url.href)
  for (const [, from] of readFileSync(url, 'utf8').matchAll(/^(?:import|export)\b[^;]*?from "([^"]+)";$/gm))
    if (from!.startsWith('.')) for (const name of packagesLoaded(new URL(from!, url), seen)) found.add(name)
    else found.add(from!)
  return found
}

test('help and completion wait for commander alone, not for the engine', () => {
  assert.equal([...packagesLoaded(new URL('../../../src/cli/main.js', import.meta.url))].sort(), ['commander', 'node:module'])
})

test('running a plan waits for yaml only when the plan is not JSON', () => {
  assert.not([...packagesLoaded(new URL('../../../src/cli/run.js', import.meta.url))].includes('yaml'))
})

test.run()
