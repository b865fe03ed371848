// spec/docs/sentences: the sentences that the code shows, collected from its sources, to be read and to be checked.
import { tokens } from '../../tooling/importsOf.mjs'

/** Every text of several words in a TypeScript source; `…` stands for what a template puts in. */
export function textsIn(source) {
  const texts = []
  /** The templates that are being read, the innermost last. */
  const open = []
  for (const { text } of tokens(source)) {
    if (text[0] === "'" || text[0] === '"') texts.push(text.slice(1, -1))
    if (text.length < 2 || (text[0] !== '`' && text[0] !== '}')) continue
    const ends = !text.endsWith('${')
    const piece = text.slice(1, ends ? -1 : -2)
    const whole = text[0] === '`' ? piece : `${open.pop()}…${piece}`
    if (ends) texts.push(whole)
    else open.push(whole)
  }
  return texts.map(unescaped).filter((text) => /\p{L}{2,}(…| …?)\p{L}{2,}|… \p{L}{2,} |\p{L}{2,}:? …/u.test(text))
}

const escapes = { n: '\n', t: '\t' }

function unescaped(text) {
  return text.replace(/\\([^ux\d])/g, (_, letter) => escapes[letter] ?? letter)
}
