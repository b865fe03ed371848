// Reads the module names out of a TypeScript source: `import`, `export … from`, `import()` as a value and as a type.
// It only tells strings, templates, comments and regular expressions from the rest, which is all this needs.

const lexeme = /\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|[\w$#]+|`|\S/g
const regexLiteral = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/[\\\n])+\/\w*/y
const wordsBeforeRegex = new Set(['return', 'typeof', 'case', 'in', 'of', 'void', 'delete', 'throw', 'await', 'yield', 'else', 'do'])

/** Every imported module of `source`, as `{ specifier, line }` in order. */
export function importsOf(source) {
  const found = []
  let beforeLast = ''
  let last = ''
  for (const { text, index } of tokens(source)) {
    const isString = text[0] === "'" || text[0] === '"'
    if (isString && (last === 'from' || last === 'import' || (last === '(' && beforeLast === 'import'))) {
      found.push({ specifier: text.slice(1, -1), line: source.slice(0, index).split('\n').length })
    }
    beforeLast = last
    last = text
  }
  return found
}

/** Strings, the pieces of templates between their backticks and braces, and everything else but comments and regular expressions. */
export function* tokens(source) {
  let last = ''
  // For each template being read, how many braces are open inside its current `${ }`.
  const braces = []
  lexeme.lastIndex = 0
  for (let match = lexeme.exec(source); match !== null; match = lexeme.exec(source)) {
    const [text] = match
    const { index } = match
    if (text.startsWith('//') || text.startsWith('/*')) continue
    if (text === '/' && startsRegex(last)) {
      regexLiteral.lastIndex = index
      if (regexLiteral.test(source)) lexeme.lastIndex = regexLiteral.lastIndex
      last = '/regex/'
      continue
    }
    if (braces.length > 0 && text === '{') braces[braces.length - 1] += 1
    if (text === '`' || (text === '}' && braces.length > 0 && (braces[braces.length - 1] -= 1) < 0)) {
      if (text === '}') braces.pop()
      const end = templateEnd(source, index + 1)
      lexeme.lastIndex = end
      yield { text: source.slice(index, end), index }
      if (source.startsWith('${', end - 2)) braces.push(0)
      last = '`'
      continue
    }
    yield { text, index }
    last = text
  }
}

const startsRegex = (last) => last === '' || wordsBeforeRegex.has(last) || /^[^\w$#)\]}'"`]/.test(last)

/** Where the text of a template stops: behind its closing backtick or behind the next `${`. */
function templateEnd(source, from) {
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1
    else if (source[at] === '`') return at + 1
    else if (source.startsWith('${', at)) return at + 2
  }
  return source.length
}
