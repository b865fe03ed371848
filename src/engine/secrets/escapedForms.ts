const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * A text as it stands in texts that escape some of its letters: JSON of several writers and JSON within JSON, URLs, forms, HTML, shells
 * and tables. A text of letters and digits is the same in all of them.
 */
export function escapedForms(text: string): Iterable<string> {
  // Half a surrogate pair would make encodeURIComponent throw.
  const wellFormed = decoder.decode(encoder.encode(text))
  const forms = lowerHost(text)
  if (/^[A-Za-z0-9_-]*$/.test(text)) return forms
  if (wellFormed !== text) forms.push(wellFormed)
  if (/[^\w .:;,!?()[\]{}@#$%^*=~|-]/.test(text)) forms.push(...jsonForms(text))
  forms.push(...urlForms(wellFormed))
  if (/[&<>"'`=/]|[^\0-\x7f]/.test(text)) forms.push(...htmlForms(text))
  if (/['"]/.test(text) || text.search(escaped) !== -1) forms.push(...quotedForms(text))
  return forms
}

/** A URL's host is told in small letters. */
function lowerHost(text: string): string[] {
  return /^[A-Za-z0-9.-]+$/.test(text) ? [text, text.toLowerCase()] : [text]
}

function jsonForms(text: string): readonly string[] {
  const plain = inner(text)
  const ascii = plain.replace(/[^\0-\x7f]/g, lowerEscape)
  return [
    ...withCases(plain),
    inner(plain),
    inner(inner(plain)),
    ascii,
    ascii.replaceAll('/', '\\/'),
    inner(ascii),
    plain.replaceAll('/', '\\/'),
    // Invisible letters, as messages of this library quote them.
    plain.replace(/[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, lowerEscape),
  ]
}

/** As writers do that make JSON safe to stand in HTML: in Go and Ruby, in PHP, in .NET. */
function withCases(json: string): readonly string[] {
  const safe = json.replace(/[<>&\u2028\u2029]/g, lowerEscape)
  const dotNet = json.replaceAll('\\"', '"').replace(/[<>&'"+`]|[^\0-\x7f]/g, upperEscape)
  return [json, safe, safe.replace(/[']|\\"/g, (found) => lowerEscape(found.at(-1)!)), dotNet]
}

function inner(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function lowerEscape(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function upperEscape(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}

function urlForms(text: string): readonly string[] {
  const component = encodeURIComponent(text)
  const strict = component.replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
  const form = new URLSearchParams([['', text]]).toString().slice(1)
  const upper = new Set([
    component,
    strict,
    form,
    component.replaceAll('%20', '+'),
    strict.replaceAll('%2F', '/'),
    component.replaceAll('%2F', '/'),
    encodeURI(text),
    encodeURIComponent(component),
    new URLSearchParams([['', form]]).toString().slice(1),
    ...(/^[\w!$&'()*+,;=:@/-]*$/.test(text) ? [] : inUrl(text)),
  ])
  return [...upper].flatMap((each) => [each, each.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase())])
}

/** As the normal form of a URL has it in its path, its query and its fragment. */
function inUrl(text: string): readonly string[] {
  const base = 'http://h/'
  const whole = [base + text, `${base}?${text}`, `${base}#${text}`].filter((url) => URL.canParse(url)).map((url) => new URL(url))
  return whole.flatMap(({ pathname, search, hash }) => [
    pathname.slice(1) + search + hash,
    pathname.slice(1),
    search.slice(1),
    hash.slice(1),
  ])
}

function htmlForms(text: string): readonly string[] {
  if (!/[&<>"']|[^\0-\x7f]/.test(text)) {
    const strict = text.replaceAll('=', '&#x3D;').replaceAll('/', '&#x2F;').replaceAll('`', '&#x60;')
    return [strict, strict.replace(/&#x[0-9A-F]+;/g, (entity) => entity.toLowerCase())]
  }
  const letters = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const quoted = letters.replaceAll('"', '&quot;')
  const decimal = quoted.replaceAll("'", '&#39;')
  const all = quoted.replaceAll('=', '&#x3D;').replaceAll("'", '&#x27;').replaceAll('/', '&#x2F;').replaceAll('`', '&#x60;')
  return [
    letters,
    quoted,
    decimal,
    decimal.replaceAll('&quot;', '&#34;'),
    quoted.replaceAll("'", '&#039;'),
    quoted.replaceAll("'", '&apos;'),
    quoted.replaceAll("'", '&#x27;'),
    all,
    decimal.replaceAll('=', '&#x3D;').replaceAll('/', '&#x2F;').replaceAll('`', '&#x60;'),
    all.replace(/&#x[0-9A-F]+;/g, (entity) => entity.toLowerCase()),
    decimal.replace(/[^\0-\x7f]/gu, (letter) => `&#${letter.codePointAt(0)};`),
  ]
}

/** As runtimes show a text in whatever quotes; within single quotes of a shell, of YAML and SQL; within double quotes of a table. */
function quotedForms(text: string): readonly string[] {
  const shown = text.replace(escaped, (letter) => shortEscapes[letter] ?? hexEscape(letter))
  return [
    shown,
    shown.replaceAll("'", "\\'"),
    text.replaceAll("'", "'\\''"),
    text.replaceAll("'", "'\"'\"'"),
    text.replaceAll("'", "''"),
    text.replaceAll('"', '""'),
  ]
}

// eslint-disable-next-line no-control-regex -- control characters are what runtimes escape
const escaped = /[\\\0-\x1f\x7f-\x9f]/g
const shortEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' }

function hexEscape(letter: string): string {
  return `\\x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
