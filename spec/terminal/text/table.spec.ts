import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shortIds } from '../../../src/cli/pastRuns/shortIds.js'
import { table } from '../../../src/terminal/text/table.js'
import { when } from '../../../src/terminal/text/when.js'

const test = suite('a table of runs')

test('numbers stand under one another, wide characters count twice, no line ends in spaces', () => {
  const rows = [
    { name: '漢字', count: 7 },
    { name: 'plan', count: 1_200 },
  ]
  assert.equal(
    table(
      [
        { title: 'count', text: ({ count }) => String(count), right: true },
        { title: 'name', text: ({ name }) => name },
      ],
      rows,
    ),
    ['count  name', '    7  漢字', ' 1200  plan'],
  )
})

test('ids are cut to what tells them apart, at least eight characters', () => {
  const short = shortIds(['aaaaaaaaaaaa1', 'aaaaaaaaaaaa2', 'b'])
  assert.is(short('aaaaaaaaaaaa1'), 'aaaaaaaaaaaa1')
  assert.is(shortIds(['0123456789', 'abcdefghij'])('0123456789'), '01234567')
  assert.is(shortIds([])('0123456789'), '01234567')
})

test('a time is written in the order that sorts', () => {
  assert.is(when(new Date(2026, 2, 1, 9, 5).getTime()), '2026-03-01 09:05')
})

test.run()
