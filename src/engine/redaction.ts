import { bytesAsText, dataCleaner } from './dataCleaner.js'
import { encodedForms } from './encodedForms.js'
import { mask } from './mask.js'

/** A shorter secret is masked only where it is a whole value: its letters are everywhere. */
const shortestInText = 4

/** Keeps the secrets of a run out of its events. Values passed between operations are never altered. */
export interface Redaction {
  readonly conceal: (secret: string) => void
  /** The same data without secrets; the very same when the run has none. */
  clean<A>(data: A): A
  /** The part of a stream's text that may be told: the end is held back while it may be the beginning of a secret. */
  cleanStream(stream: string, text: string): string
  /** What was held back of the streams whose name begins so, now that nothing more will come. */
  flush(stream: string): string
}

export function redaction(): Redaction {
  const secrets = new Set<string>()
  const held = new Map<string, string>()
  let forms: readonly string[] = []
  let byteForms: readonly string[] = []

  const cleanText = (text: string): string => {
    if (secrets.has(text)) return mask
    return forms.reduce((cleaned, form) => (cleaned.includes(form) ? cleaned.replaceAll(form, mask) : cleaned), text)
  }

  const cleanData = dataCleaner(cleanText, (bytes) => byteForms.some((form) => bytes.includes(form)))

  return {
    conceal(secret) {
      if (secret === '' || secrets.has(secret)) return
      secrets.add(secret)
      if (secret.length < shortestInText) return
      forms = [...new Set([...forms, ...encodedForms(secret)])].sort((a, b) => b.length - a.length)
      byteForms = forms.map((form) => bytesAsText(new TextEncoder().encode(form)))
    },
    // The shape stays the same: only texts within it change.
    clean: <A>(data: A) => (secrets.size === 0 ? data : (cleanData(data) as A)),
    cleanStream(stream, text) {
      if (secrets.size === 0) return text
      const cleaned = cleanText((held.get(stream) ?? '') + text)
      const keep = startOfSecret(cleaned, forms)
      held.set(stream, cleaned.slice(cleaned.length - keep))
      return cleaned.slice(0, cleaned.length - keep)
    },
    flush(stream) {
      const rest = held.get(stream) ?? ''
      held.delete(stream)
      return rest
    },
  }
}

/** How many characters at the end of a text are the beginning of a form. */
function startOfSecret(text: string, forms: readonly string[]): number {
  const longest = Math.min(text.length, (forms[0]?.length ?? 0) - 1)
  for (let length = longest; length > 0; length--) {
    const end = text.slice(text.length - length)
    if (forms.some((form) => form.length > length && form.startsWith(end))) return length
  }
  return 0
}
