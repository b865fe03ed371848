import { readdirSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pagesInOrder, withFooter } from './navigation.js'

const test = suite('the index of the documentation')

test('has each page once', () => {
  const written = readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.md') && path !== 'README.md' && !/^(api|images|examples)\//.test(path))
  assert.equal(pagesInOrder().toSorted(), written.toSorted())
})

for (const path of pagesInOrder())
  test(`${path} ends with the way to the pages beside it: npm run footers writes it`, () => {
    const text = readFileSync(`docs/${path}`, 'utf8')
    assert.is(text, withFooter(path, text))
  })

test.run()
