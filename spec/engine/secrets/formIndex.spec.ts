import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { formIndex, type FormPlace } from '../../../src/engine/secrets/formIndex.js'

const test = suite('index of forms')

/** The same, by looking for each form at each place. */
function placesByHand(forms: readonly string[], text: string): readonly FormPlace[] {
  const places: { start: number; end: number }[] = []
  for (let at = 0; at < text.length; at++) {
    const length = Math.max(0, ...forms.map((form) => (text.startsWith(form, at) ? form.length : 0)))
    if (length === 0) continue
    const last = places.at(-1)
    if (last !== undefined && at < last.end) last.end = Math.max(last.end, at + length)
    else places.push({ start: at, end: at + length })
  }
  return places
}

function unfinishedByHand(forms: readonly string[], text: string): number {
  for (let at = 0; at < text.length; at++)
    if (forms.some((form) => form.length > text.length - at && form.startsWith(text.slice(at)))) return at
  return text.length
}

for (const keyLength of [4, 8] as const) {
  const letters = fc.constantFrom('a', 'b', '\u0100')
  const form = fc.string({ unit: letters, minLength: keyLength, maxLength: keyLength + 6 })
  const text = fc.string({ unit: letters, maxLength: 60 })

  test(`finds what a look at every place finds, with keys of ${keyLength}`, () =>
    fc.assert(
      fc.property(fc.array(form, { minLength: 1, maxLength: 12 }), text, (forms, whole) => {
        const index = formIndex(keyLength)
        for (const each of forms) index.add(each)
        assert.equal(index.placesIn(whole), placesByHand(forms, whole))
        // More than need be may be held back, never less.
        assert.ok(index.unfinishedFrom(whole) <= unfinishedByHand(forms, whole))
      }),
      { numRuns: 500 },
    ))

  test(`finds forms that came after a search, with keys of ${keyLength}`, () =>
    fc.assert(
      fc.property(fc.array(form, { minLength: 2, maxLength: 12 }), text, (forms, whole) => {
        const index = formIndex(keyLength)
        forms.forEach((each, count) => {
          index.add(each)
          assert.equal(index.placesIn(whole), placesByHand(forms.slice(0, count + 1), whole))
        })
      }),
    ))
}

test('holds nothing back where nothing may begin', () => {
  const index = formIndex(8)
  index.add('abcdefghij')
  assert.is(index.unfinishedFrom('xyz abcdefg'), 4)
  assert.is(index.unfinishedFrom('xyz abcdefghijk'), 15)
  assert.is(index.unfinishedFrom(''), 0)
})

test('finds forms by the ten thousand in one pass, also when all begin alike and a text repeats their beginning', () => {
  const beginning = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.'
  const cost = (count: number): number => {
    const index = formIndex(8)
    for (let n = 0; n < count; n++) index.add(beginning + String(n).padStart(9, '0') + 'x'.repeat(n % 50))
    const text = beginning.repeat(20_000)
    index.placesIn(text)
    const started = process.cpuUsage()
    assert.equal(index.placesIn(text), [])
    const { user, system } = process.cpuUsage(started)
    return user + system
  }
  cost(100)
  const [few, many] = [100, 10_000].map((count) => Math.min(cost(count), cost(count), cost(count)))
  // A hundred times as many are a few steps more of a binary search.
  assert.ok(many! < few! * 12, `100: ${few} µs, 10,000: ${many} µs`)
})

test.run()
