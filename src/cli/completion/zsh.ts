import type { CommandGrammar, Flag, Grammar, Values } from './grammar.js'

export function zshScript({ program, flags, commands }: Grammar): string {
  return `#compdef ${program}
# Completion for ${program} in zsh: source <(${program} completion zsh)
_${program}() {
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands${
      flags.length === 0
        ? ''
        : `
    _arguments ${flags.map(flagSpec).join(' ')}`
    }
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}
if [[ $funcstack[1] == _${program} ]]; then _${program} "$@"; else compdef _${program} ${program}; fi
`
}

function commandCase({ name, flags, argument }: CommandGrammar): string {
  const specs = [...flags.map(flagSpec), ...(argument.type === 'none' ? [] : [quoted(`1:${placeholder(argument)}`)])]
  return `    ${name}) _arguments ${specs.join(' ')} ;;`
}

function flagSpec({ long, summary, value }: Flag): string {
  // Brackets end the summary, colons part the fields of a spec.
  const text = summary.replace(/[[\]\\:]/g, (character) => `\\${character}`)
  const repeats = summary.includes('repeatable') ? '*' : ''
  return quoted(`${repeats}${long}[${text}]${value.type === 'none' ? '' : `:${placeholder(value)}`}`)
}

function placeholder(values: Values): string {
  switch (values.type) {
    case 'words':
      return `value:(${values.words.join(' ')})`
    case 'folder':
      return 'folder:_files -/'
    case 'file':
      return 'file:_files'
    case 'anything':
      return 'value: '
    case 'none':
      return ''
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
