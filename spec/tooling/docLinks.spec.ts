import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runScript, withFolder } from './fixture.js'

const test = suite('links in the docs')

const faultsOf = (pages: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  withFolder(pages, async (folder) => {
    const { lines } = await runScript('spec/tooling/docLinks.mjs', [folder])
    return lines.filter((line) => line !== '')
  })

const guide = '# Grind `grain` (fast)\n\n## Twice\n\n## Twice\n\n```sh\n# no heading\n```\n'

test('pass when they lead to a file, a folder, a heading or elsewhere', async () => {
  const links = [
    'docs/guide.md',
    'docs',
    '#mill',
    'docs/guide.md#grind-grain-fast',
    'docs/guide.md#twice-1',
    'https://example.org/none',
    'mailto:a@b.c',
  ]
  const readme = `# Mill\n\n${links.map((target) => `- [a \`b\` [c]](${target})`).join('\n')}\n\n\`[a](none.md)\`\n\n~~~\n[a](none.md)\n~~~\n\n[x]: docs/guide.md\n`
  assert.equal(await faultsOf({ 'README.md': readme, 'docs/guide.md': guide, 'docs/a/b.md': '![up](../guide.md "title")\n' }), [])
})

test('fail when the file is missing', async () => {
  assert.equal(await faultsOf({ 'docs/guide.md': 'See\n[none](none.md) and ![too](./none.svg).\n\n[x]: none.txt\n' }), [
    'docs/guide.md:2: none.md: there is no such file',
    'docs/guide.md:2: ./none.svg: there is no such file',
    'docs/guide.md:4: none.txt: there is no such file',
  ])
})

test('fail when the heading is missing', async () => {
  assert.equal(await faultsOf({ 'README.md': '[none](docs/guide.md#no-heading)\n', 'docs/guide.md': guide }), [
    'README.md:1: docs/guide.md#no-heading: there is no such heading; the page has grind-grain-fast, twice, twice-1',
  ])
})

test('fail when they leave the repository', async () => {
  assert.equal(await faultsOf({ 'docs/guide.md': '[out](../../etc)\n' }), ['docs/guide.md:1: ../../etc: leads out of the repository'])
})

test.run()
