// Turns one example into a module that checks itself: `expression // => value` asserts that both are deeply equal.
import { transform } from 'esbuild'

const mark = '// =>'

/**
 * The module's TypeScript, and the lines on which it asserts. Each line keeps the number it has in its page, so that whatever complains about it, the
 * compiler or a stack trace, names the right one.
 */
export async function exampleScript({ line, code }) {
  const lines = code.split('\n')
  const marks = []
  for (let at = 0; at < lines.length; at += 1) {
    if (!lines[at].includes(mark)) continue
    marks.push(line + at + 1)
    at = await assertAt(lines, at, line)
  }
  // The fence takes at least one line above the code, which has room for this.
  return { source: `${prelude}${'\n'.repeat(line)}${lines.join('\n')}\n`, marks }
}

const prelude = 'declare const assertExample: (actual: readonly unknown[], expected: readonly unknown[], line: number) => void;'

/** Rewrites the assertion whose mark is on line `at`; answers the last line that belongs to it. */
async function assertAt(lines, at, offset) {
  const [before, ...rest] = lines[at].split(mark)
  const where = offset + at + 1
  const value = await valueFrom(lines, at, rest.join(mark))
  if (value === undefined) throw new Error(`line ${where}: what follows // => is no value`)
  const assertion = (actual) => `;assertExample([${actual}], [${value.code}], ${where});`
  const start = await expressionStart(lines, at, before)
  const named = /^\s*(?:export )?(?:const|let) (\w+)/.exec(before)
  if (start !== undefined) {
    const expression = [...lines.slice(start, at), before].join('\n')
    const printed = /^\s*console\.log\(([\s\S]*)\)\s*$/.exec(expression)
    const code = assertion(printed ? printed[1] : expression).split('\n')
    while (code.length < at - start + 1) code.push('')
    lines.splice(start, at - start + 1, ...code)
  } else if (named) {
    lines[at] = `${before}${assertion(named[1])}`
  } else {
    throw new Error(`line ${where}: what precedes // => is neither an expression nor a constant declared on that line`)
  }
  for (let line = at + 1; line <= value.end; line += 1) lines[line] = ''
  return value.end
}

/** A value may go on in the comment lines below its mark, as long as it needs them. */
async function valueFrom(lines, at, first) {
  let code = first.trim()
  for (let end = at; ; end += 1) {
    if (code !== '' && (await isExpression(code))) return { code, end }
    const more = /^\s*\/\/(.*)$/.exec(lines[end + 1] ?? '')
    if (!more) return undefined
    code += ` ${more[1].trim()}`
  }
}

/** The first line of the expression that ends on line `at`. */
async function expressionStart(lines, at, last) {
  for (let start = at; start >= 0; start -= 1) {
    const text = [...lines.slice(start, at), last].join('\n')
    const isCut = /(?:[&|+\-*/,=(?:[<.]|=>)\s*$/.test(lines[start - 1] ?? '')
    if (text.trim() !== '' && !isCut && (await isExpression(text))) return start
  }
  return undefined
}

async function isExpression(text) {
  try {
    await transform(`export const value = (async () => [\n${text}\n])`, { loader: 'ts', logLevel: 'silent' })
    return true
  } catch {
    return false // that it does not parse is the answer
  }
}
