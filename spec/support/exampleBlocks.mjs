// Finds the ```ts blocks in a page or in the docstrings of a source.

/** Each block as `{ line, code, run }`: `line` is its fence, `run` whether it asserts anything and may be run. */
export function exampleBlocks(path, text) {
  const lines = text.split('\n')
  return blocksIn(path.endsWith('.md') ? lines : docstringLines(lines))
}

// Lines keep their numbers: what is no docstring becomes empty.
function docstringLines(lines) {
  let inside = false
  return lines.map((line) => {
    if (!inside && !/^\s*\/\*\*/.test(line)) return ''
    inside = !line.includes('*/')
    return line.replace(/^\s*\/?\*+\/? ?/, '').replace(/\s*\*\/.*$/, '')
  })
}

function blocksIn(lines) {
  const blocks = []
  for (let at = 0; at < lines.length; at += 1) {
    const fence = /^(\s*)(`{3,}|~{3,})\s*(.*?)\s*$/.exec(lines[at])
    if (!fence) continue
    const [, indent, marks, info] = fence
    const end = lines.findIndex((line, index) => index > at && line.trim().startsWith(marks) && line.trim().length === marks.length)
    const close = end === -1 ? lines.length : end
    const [language, ...words] = info.split(/\s+/)
    if (language === 'ts') {
      const code = lines.slice(at + 1, close).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
      blocks.push({ line: at + 1, code: code.join('\n'), run: !words.includes('no-run') && code.some((line) => line.includes('// =>')) })
    }
    at = close
  }
  return blocks
}
