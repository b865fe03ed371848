/** Texts to be found wherever they stand in another: in one pass over it, however many they are. */
export interface SecretIndex {
  add(form: string): void
  /** The length of the longest of them. */
  readonly longest: () => number
  /** The length of the longest that stands here, 0 when none does. `key` is that of the four characters from here. */
  readonly lengthAt: (text: string, at: number, key: number) => number
  /** Whether what the text ends with, from here on, may be the beginning of one. */
  readonly mayBeginAt: (text: string, at: number) => boolean
}

/** A stretch of a text, its end not included. */
export interface SecretPosition {
  readonly start: number
  readonly end: number
}

/** A form is found by this many characters first: it has at least as many. */
export const keyLength = 4

const filterBits = 14

/** Forms are kept by the key of their first four characters; at a place with that key, one look-up for each length there is. */
export function secretIndex(): SecretIndex {
  const forms = new Set<string>()
  const beginnings = new Set<string>()
  /** Forms whose beginnings nobody has asked for: only pieces of an output need them. */
  const unbegun: string[] = []
  /** For each key the lengths of its forms, the greatest first. */
  const lengths = new Map<number, number[]>()
  /** Marks the keys there are: nearly every place of a text is passed over by it. */
  const filter = new Uint8Array(1 << filterBits)
  let longest = 0

  return {
    add(form) {
      if (forms.has(form)) return
      forms.add(form)
      if (form.length > longest) longest = form.length
      const key = keyAt(form, 0)
      filter[slotOf(key)] = 1
      const known = lengths.get(key)
      if (known === undefined) lengths.set(key, [form.length])
      else if (!known.includes(form.length)) known.splice(placeIn(known, form.length), 0, form.length)
      unbegun.push(form)
    },
    longest: () => longest,
    lengthAt(text, at, key) {
      if (filter[slotOf(key)] === 0) return 0
      for (const length of lengths.get(key) ?? []) if (at + length <= text.length && forms.has(text.slice(at, at + length))) return length
      return 0
    },
    // Between two of the lengths kept the rest is not looked at: then a little too much is held back, never too little.
    mayBeginAt(text, at) {
      for (let form = unbegun.pop(); form !== undefined; form = unbegun.pop())
        for (let length = 1; length < form.length; length = nextLength(length)) beginnings.add(form.slice(0, length))
      const rest = text.length - at
      if (rest < keyLength) return beginnings.has(text.slice(at))
      const key = keyAt(text, at)
      if (filter[slotOf(key)] === 0 || (lengths.get(key)?.[0] ?? 0) <= rest) return false
      let length = keyLength
      while (nextLength(length) <= rest) length = nextLength(length)
      return beginnings.has(text.slice(at, at + length))
    },
  }
}

/** Where any of the forms stand in a text, in order, those that overlap as one place. */
export function placesOf(text: string, indexes: readonly SecretIndex[]): readonly SecretPosition[] {
  const places: SecretPosition[] = []
  let start = 0
  let end = 0
  let key = 0
  for (let last = 0; last < text.length; last++) {
    key = nextKey(key, text.charCodeAt(last))
    const at = last - keyLength + 1
    if (at < 0) continue
    for (const index of indexes) {
      const length = index.lengthAt(text, at, key)
      if (length === 0) continue
      if (at >= end) {
        if (end > 0) places.push({ start, end })
        start = at
      }
      if (at + length > end) end = at + length
    }
  }
  if (end > 0) places.push({ start, end })
  return places
}

/** From where on the end of a text may be the beginning of a form; its length when nothing there may. */
export function unfinishedFrom(text: string, indexes: readonly SecretIndex[]): number {
  const longest = Math.max(0, ...indexes.map((index) => index.longest()))
  for (let at = Math.max(0, text.length - longest + 1); at < text.length; at++)
    if (indexes.some((index) => index.mayBeginAt(text, at))) return at
  return text.length
}

// Four characters make a key: after four more nothing of them is left in it.
function nextKey(key: number, code: number): number {
  return (key << 8) ^ code
}

function keyAt(text: string, at: number): number {
  let key = 0
  for (let place = at; place < at + keyLength; place++) key = nextKey(key, text.charCodeAt(place))
  return key
}

// Multiplicative hashing (Knuth 1973, vol. 3, 6.4): the upper bits of the product depend on all of the key.
function slotOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> (32 - filterBits)
}

/** The lengths of beginnings that are kept: 1, 2, 3, 4, 8, 16, … */
function nextLength(length: number): number {
  return length < keyLength ? length + 1 : length * 2
}

function placeIn(lengths: readonly number[], length: number): number {
  const place = lengths.findIndex((known) => known < length)
  return place === -1 ? lengths.length : place
}
