import { contentBytes } from '../../src/operations/file/write/contentBytes.js'
import { shownPath } from '../../src/operations/file/confine/shownPath.js'
import { bodyValue } from '../../src/operations/http/bodyValue.js'
import { firstHop } from '../../src/operations/http/hop.js'
import { shownUrl, targetOf } from '../../src/operations/http/target.js'
import { eventText } from '../../src/journal/log/eventText.js'
import { jsonText } from '../../src/operators/share/jsonText.js'
import { quoteText } from '../../src/model/fault/quote.js'
import { normalize, relative, resolve } from 'node:path'
import { inspect } from 'node:util'

/** What this library, the platform below it, and the programs and servers around it make of a text: each with the code that does so. */
export const transformations: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'a line of the log': (text) => eventText({ text }),
  'JSON of any value': (text) => jsonText([text]),
  'JSON within JSON': (text) => jsonText({ said: jsonText({ text }) }),
  'a value written to a file': (text) => contentBytes({ text }).toString(),
  'a file read as base64': (text) => contentBytes(`key=${text}\n`).toString('base64'),
  'base64 after one byte': (text) => Buffer.from(`k${text}yy`).toString('base64'),
  'base64 after two bytes': (text) => Buffer.from(`kk${text}y`).toString('base64'),
  'a body read as base64': (text) => String(bodyValue(Buffer.from(text), '', 'base64', 'GET x', (said) => said)),
  'a body in UTF-16 with its charset': (text) =>
    String(bodyValue(Buffer.from(text, 'utf16le'), 'text/plain; charset=utf-16le', 'text', 'GET x', (said) => said)),
  'a parameter of a query': (text) => targetOf('https://h.example/a', { q: text }).href,
  'a parameter of a query within one': (text) =>
    targetOf('https://h.example/a', { to: targetOf('https://i.example', { q: text }).href }).href,
  'a part of a path': (text) => shownUrl(new URL(`https://h.example/${encodeURIComponent(text)}/x`)),
  'a header of a request': (text) => firstHop({ url: 'https://h.example', headers: { 'X-It': text } }).headers.get('x-it') ?? '',
  'the body of a request': (text) => firstHop({ url: 'https://h.example', body: { text } }).body ?? '',
  'quoted in a message': (text) => quoteText(text),
  'a path in a message': (text) => shownPath(`dir/${text}`),
  trimmed: (text) => text.trim(),
  'a path as file operations name it': (text) => relative('/root', normalize(resolve('/root', text))),
  // What programs and servers do.
  'as the runtime shows it': (text) => inspect({ text }, { maxStringLength: null, breakLength: Infinity }),
  'in a form': (text) => new URLSearchParams({ text }).toString(),
  'in a URL, in small letters': (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  'in hex': (text) => Buffer.from(text).toString('hex'),
  'in HEX': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'in wrapped base64': (text) => wrapped(Buffer.from(`user:${text}`).toString('base64')),
  'in base64 of URLs': (text) => Buffer.from(`user:${text}`).toString('base64url'),
  'in base64 of UTF-16': (text) => Buffer.from(`a${text}b`, 'utf16le').toString('base64'),
  'in UTF-16 read as UTF-8': (text) => (isAscii(text) ? Buffer.from(text, 'utf16le').toString() : text),
  'in HTML': (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  'in JSON with escaped slashes': (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  'in JSON of ASCII alone': (text) =>
    JSON.stringify(text).replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'in the quotes of a shell': (text) => `'${text.replaceAll("'", "'\\''")}'`,
  'with its lines indented anew': (text) => text.replaceAll('\n', '\n      '),
  'with other line ends': (text) => text.replaceAll('\n', '\r\n'),
}

function wrapped(text: string): string {
  return text.replace(/(.{13})/g, '$1\n  ')
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text)
}
