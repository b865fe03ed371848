/** Texts to be found wherever they stand in another: in one pass over it, however many there are. */
export interface FormIndex {
  add(form: string): void
  /** The length of the longest of them; 0 when there are none. */
  readonly longest: () => number
  /** Where any of them stand in a text, in order; those that overlap as one place. */
  readonly placesIn: (text: string) => readonly FormPlace[]
  /** From where on the end of a text may be the beginning of one; its length when nothing there may. */
  readonly unfinishedFrom: (text: string) => number
}

/** A stretch of a text, its end not included. */
export interface FormPlace {
  readonly start: number
  readonly end: number
}

/** The forms that begin with the same key: most often one. Put in order when they are searched. */
type Bucket = string | { readonly forms: string[]; sorted: boolean }

const leastSlots = 1 << 12
const mostSlots = 1 << 22

/**
 * Forms are kept by the key of their first `keyLength` characters (4 or 8); each has at least as many. A filter passes over nearly
 * every place of a text; at the others the forms of that key are searched in their order.
 */
export function formIndex(keyLength: 4 | 8): FormIndex {
  const buckets = new Map<number, Bucket>()
  /** What is left of a character in the key is gone once `keyLength` others came: a key is of just so many. */
  const shift = 32 / keyLength
  // Made for the first form: most runs have none.
  let slots = new Uint8Array(0)
  let slotShift = shiftFor(leastSlots)
  let count = 0
  let longest = 0

  const slotOf = (key: number): number => Math.imul(key, golden) >>> slotShift
  const mark = (key: number, bit: number): void => {
    const slot = slotOf(key)
    slots[slot] = slots[slot]! | bit
  }
  const keyOf = (text: string, at: number, length: number): number => {
    let key = 0
    for (let place = at; place < at + length; place++) key = (key << shift) ^ text.charCodeAt(place)
    return key
  }
  /** Its key, and each beginning that is shorter than a key. */
  const markForm = (form: string): void => {
    let key = 0
    for (let length = 1; length < keyLength; length++) {
      key = (key << shift) ^ form.charCodeAt(length - 1)
      mark(key ^ Math.imul(length, lengthSalt), isBeginning)
    }
    mark((key << shift) ^ form.charCodeAt(keyLength - 1), isKey)
  }

  const grow = (): void => {
    slots = new Uint8Array(slots.length * 4)
    slotShift = shiftFor(slots.length)
    for (const bucket of buckets.values())
      if (typeof bucket === 'string') markForm(bucket)
      else for (const form of bucket.forms) markForm(form)
  }

  return {
    add(form) {
      if (slots.length === 0) slots = new Uint8Array(leastSlots)
      const key = keyOf(form, 0, keyLength)
      const bucket = buckets.get(key)
      if (bucket === undefined) buckets.set(key, form)
      else if (typeof bucket === 'string') {
        if (bucket === form) return
        buckets.set(key, { forms: [bucket, form], sorted: false })
      } else {
        bucket.forms.push(form)
        bucket.sorted = false
      }
      count += 1
      if (form.length > longest) longest = form.length
      markForm(form)
      if (count * 8 > slots.length && slots.length < mostSlots) grow()
    },
    longest: () => longest,
    placesIn(text) {
      const places: FormPlace[] = []
      let [start, end, key] = [0, 0, 0]
      for (let last = 0; last < text.length; last++) {
        key = (key << shift) ^ text.charCodeAt(last)
        if ((slots[slotOf(key)]! & isKey) === 0 || last + 1 < keyLength) continue
        const at = last + 1 - keyLength
        const length = longestAt(buckets.get(key), text, at)
        if (length === 0) continue
        if (at >= end) {
          if (end > 0) places.push({ start, end })
          start = at
        }
        if (at + length > end) end = at + length
      }
      if (end > 0) places.push({ start, end })
      return places
    },
    unfinishedFrom(text) {
      let at = Math.max(0, text.length - longest + 1)
      let key = keyOf(text, at, Math.min(keyLength, text.length - at) - 1)
      for (; at + keyLength <= text.length; at++) {
        key = (key << shift) ^ text.charCodeAt(at + keyLength - 1)
        if ((slots[slotOf(key)]! & isKey) !== 0 && begins(buckets.get(key), text, at)) return at
      }
      // A key may stand for other letters too: then a little too much is held back, never too little.
      for (; at < text.length; at++) {
        const length = text.length - at
        if ((slots[slotOf(keyOf(text, at, length) ^ Math.imul(length, lengthSalt))]! & isBeginning) !== 0) return at
      }
      return text.length
    },
  }
}

const isKey = 1
const isBeginning = 2

// Multiplicative hashing (Knuth 1973, vol. 3, 6.4): the upper bits of the product depend on all of the key.
const golden = 0x9e3779b1
const lengthSalt = 0x85ebca6b
const shiftFor = (slots: number): number => 32 - Math.log2(slots)

/** The length of the longest form of a bucket that stands at a place of a text; 0 when none does. */
function longestAt(bucket: Bucket | undefined, text: string, at: number): number {
  if (bucket === undefined) return 0
  if (typeof bucket === 'string') return text.startsWith(bucket, at) ? bucket.length : 0
  const forms = inOrder(bucket)
  let [end, among] = [text.length, forms.length]
  for (;;) {
    // What stands here is at or before this in the order: the one form there, or a beginning that both have in common.
    const before = firstBehind(forms, text, at, end, among) - 1
    if (before < 0) return 0
    const form = forms[before]!
    const common = commonLength(form, text, at, end)
    if (common === form.length) return common
    if (common === 0) return 0
    end = at + common
    among = before
  }
}

/** Whether the rest of a text from a place on is the beginning of a longer form. */
function begins(bucket: Bucket | undefined, text: string, at: number): boolean {
  if (bucket === undefined) return false
  const rest = text.slice(at)
  const forms = typeof bucket === 'string' ? [bucket] : inOrder(bucket)
  const form = forms[firstBehind(forms, text, at, text.length, forms.length)]
  return form !== undefined && form.length > rest.length && form.startsWith(rest)
}

function inOrder(bucket: Exclude<Bucket, string>): readonly string[] {
  if (!bucket.sorted) {
    bucket.forms.sort()
    bucket.sorted = true
  }
  return bucket.forms
}

/** How many of the first `among` forms are not behind a text, in their order. */
function firstBehind(forms: readonly string[], text: string, at: number, end: number, among: number): number {
  let [low, high] = [0, among]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBehind(forms[middle]!, text, at, end)) high = middle
    else low = middle + 1
  }
  return low
}

function isBehind(form: string, text: string, at: number, end: number): boolean {
  const common = commonLength(form, text, at, end)
  if (common === form.length) return false
  return at + common >= end || form.charCodeAt(common) > text.charCodeAt(at + common)
}

function commonLength(form: string, text: string, at: number, end: number): number {
  const most = Math.min(form.length, end - at)
  let length = 0
  while (length < most && form.charCodeAt(length) === text.charCodeAt(at + length)) length += 1
  return length
}
