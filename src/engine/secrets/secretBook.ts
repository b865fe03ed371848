import type { SecretSpan } from '../../model/graph.js'
import { encodedForms } from './encodedForms.js'
import { secretIndex, keyLength, type SecretIndex } from './secretIndex.js'

/** Texts of single operations that one half of the book holds, and how many characters their forms may have. */
const mostSecrets = 5_000
const mostCharacters = 4 << 20

/** The secrets a run knows of. */
export interface SecretBook {
  add(secret: string, span: SecretSpan): void
  /** Whether a whole text is a secret, however short. */
  readonly has: (text: string) => boolean
  /** Where to look for secrets within a text; empty when there are none. */
  readonly indexes: () => readonly SecretIndex[]
  readonly isEmpty: () => boolean
}

interface Page {
  readonly secrets: Set<string>
  readonly index: SecretIndex
  characters: number
}

/**
 * Those of the run are kept. For those of single operations there are two pages in turn: once the newer one is full the older one is
 * dropped whole, so that a stream of operations without end is not remembered without end.
 */
export function secretBook(): SecretBook {
  const lasting = page()
  let recent = page()
  let before = page()
  let indexes: readonly SecretIndex[] = []

  return {
    add(secret, span) {
      if (secret === '' || lasting.secrets.has(secret)) return
      if (span === 'operation') {
        if (recent.secrets.has(secret)) return
        if (recent.secrets.size >= mostSecrets || recent.characters >= mostCharacters) {
          before = recent
          recent = page()
        }
      }
      enter(span === 'run' ? lasting : recent, secret)
      indexes = [lasting, recent, before].filter(({ characters }) => characters > 0).map(({ index }) => index)
    },
    has: (text) => lasting.secrets.has(text) || recent.secrets.has(text) || before.secrets.has(text),
    indexes: () => indexes,
    isEmpty: () => lasting.secrets.size === 0 && recent.secrets.size === 0,
  }
}

function page(): Page {
  return { secrets: new Set(), index: secretIndex(), characters: 0 }
}

function enter(into: Page, secret: string): void {
  into.secrets.add(secret)
  // A shorter one is masked only where it is a whole value: its letters are everywhere.
  if (secret.length < keyLength) return
  for (const form of encodedForms(secret)) {
    into.index.add(form)
    into.characters += form.length
  }
}
