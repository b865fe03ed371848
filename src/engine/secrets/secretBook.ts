import type { SecretSpan } from '../../model/graph.js'
import { baredText } from './baredText.js'
import { encodedForms } from './encodedForms.js'
import { formIndex, type FormIndex, type FormPlace } from './formIndex.js'
import { partsOfSecret } from './partsOfSecret.js'

/** Texts of single operations that one half of the book holds, and how many characters their forms may have. */
const mostSecrets = 10_000
const mostCharacters = 16 << 20

/** Forms of this length on are found with any white space between their letters, shorter ones only as they are. */
const shortestBared = 8
const shortestForm = 4

/** The secrets a run knows of. */
export interface SecretBook {
  add(secret: string, span: SecretSpan): void
  /** Whether a whole text is a secret, however short. */
  readonly has: (text: string) => boolean
  readonly isEmpty: () => boolean
  /** Those of the whole run. */
  readonly lasting: () => Iterable<string>
  /** Where secrets stand in a text, in order; those that overlap as one place. */
  readonly placesIn: (text: string) => readonly FormPlace[]
  /** From where on the end of a text may be the beginning of a secret; its length when nothing there may. */
  readonly unfinishedFrom: (text: string) => number
}

interface Page {
  readonly secrets: Set<string>
  /** What their forms are made of: many secrets have a part in common. */
  readonly parts: Set<string>
  readonly bared: FormIndex
  readonly short: FormIndex
  characters: number
}

/**
 * Those of the run are kept. For those of single operations there are two pages in turn: once the newer one is full the older one is
 * dropped whole, so that a stream of operations without end is not remembered without end.
 */
export function secretBook(): SecretBook {
  // Made for the first secret: most runs have none.
  let lasting: Page | undefined
  let recent: Page | undefined
  let before: Page | undefined
  let written: readonly Page[] = []

  const pageFor = (span: SecretSpan): Page => {
    if (span === 'run') return (lasting ??= page())
    if (recent !== undefined && (recent.secrets.size >= mostSecrets || recent.characters >= mostCharacters)) {
      before = recent
      recent = undefined
    }
    return (recent ??= page())
  }
  const pages = (): readonly Page[] => [lasting, recent, before].filter((each) => each !== undefined)

  return {
    add(secret, span) {
      if (lasting?.secrets.has(secret) || (span === 'operation' && recent?.secrets.has(secret)) || secret.trim() === '') return
      enter(pageFor(span), secret)
      written = pages().filter(({ characters }) => characters > 0)
    },
    has: (text) => pages().some(({ secrets }) => secrets.has(text)),
    isEmpty: () => lasting === undefined && recent === undefined,
    lasting: () => lasting?.secrets ?? [],
    placesIn: (text) => united(written.flatMap((each) => placesOn(each, text))),
    unfinishedFrom: (text) => Math.min(text.length, ...written.map((each) => unfinishedOn(each, text))),
  }
}

function page(): Page {
  return { secrets: new Set(), parts: new Set(), bared: formIndex(8), short: formIndex(4), characters: 0 }
}

function enter(into: Page, secret: string): void {
  into.secrets.add(secret)
  // A shorter one is masked only where it is a whole value: its letters are everywhere.
  if (secret.trim().length < shortestForm) return
  for (const part of partsOfSecret(secret)) {
    if (into.parts.has(part)) continue
    into.parts.add(part)
    for (const form of encodedForms(part)) enterForm(into, form)
  }
}

function enterForm(into: Page, form: string): void {
  const { text } = baredText(form)
  if (text.length >= shortestBared) into.bared.add(text)
  else if (form.length >= shortestForm && text !== '') into.short.add(form)
  into.characters += form.length
}

function placesOn({ bared, short }: Page, text: string): readonly FormPlace[] {
  const places = short.longest() === 0 ? [] : short.placesIn(text)
  if (bared.longest() === 0) return places
  const { text: letters, placeOf } = baredText(text)
  const found = bared.placesIn(letters)
  if (found.length === 0) return places
  return [...places, ...found.map(({ start, end }) => ({ start: placeOf(start), end: placeOf(end - 1) + 1 }))]
}

function unfinishedOn({ bared, short }: Page, text: string): number {
  const inShort = short.longest() === 0 ? text.length : short.unfinishedFrom(text)
  if (bared.longest() === 0) return inShort
  const { text: letters, placeOf } = baredText(text)
  const from = bared.unfinishedFrom(letters)
  return from === letters.length ? inShort : Math.min(inShort, placeOf(from))
}

/** Places in order, those that overlap as one. */
function united(places: readonly FormPlace[]): readonly FormPlace[] {
  if (places.length < 2) return places
  const one: FormPlace[] = []
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start)) {
    const last = one.at(-1)
    if (last !== undefined && start < last.end) one[one.length - 1] = { start: last.start, end: Math.max(last.end, end) }
    else one.push({ start, end })
  }
  return one
}
