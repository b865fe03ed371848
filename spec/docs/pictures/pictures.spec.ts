import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { drawnPictures } from './drawnPictures.js'
import { photographs, shown, stamped, stampOf } from './photographs.js'
import { planDigest, recordedPlans, recordedRun } from './recordedRun.js'

const test = suite('the pictures of the documentation: npm run pictures makes them again')

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(`${folder}/${path}`).isFile())
    .map((path) => path.replaceAll('\\', '/'))

for (const { name, draw } of drawnPictures)
  test(`${name} is what the code draws now`, () => assert.ok(readFileSync(`docs/images/${name}`, 'utf8') === draw(), name))

for (const name of recordedPlans)
  test(`the recorded run of ${name} is one of the plan as it is, to its end`, () => {
    const { plan, events } = recordedRun(name)
    assert.is(plan, planDigest(name))
    assert.is(events.at(-1)?.type, 'run-finished')
  })

for (const name of photographs)
  test(`${name} shows the page as it is`, () => assert.is(stampOf(readFileSync(`docs/images/${name}`)), shown()))

test('a photograph without a stamp, or with that of another page, is seen', () => {
  const png = readFileSync('docs/images/live.png')
  assert.is(stampOf(png.subarray(0, 33)), undefined)
  assert.is(stampOf(stamped(png.subarray(0, 33), '0'.repeat(64))), '0'.repeat(64))
})

test('each picture is one of these, and stands on a page', () => {
  const known = [...drawnPictures.map(({ name }) => name), ...photographs]
  assert.equal(filesBelow('docs/images').toSorted(), known.toSorted())
  const pages = [
    'README.md',
    ...filesBelow('docs')
      .filter((path) => path.endsWith('.md'))
      .map((path) => `docs/${path}`),
  ]
  const text = pages
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  for (const name of known) assert.match(text, `images/${name})`)
})

test.run()
