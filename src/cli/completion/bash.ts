import type { CommandGrammar, Flag, Grammar, Values } from './grammar.js'

export function bashScript({ program, flags, commands }: Grammar): string {
  const names = commands.map(({ name }) => name)
  return `# Completion for ${program} in bash: source <(${program} completion bash)
_${program}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in ${names.join('|')}) command="$word"; break ;; esac
  done
  case "$command $previous" in
${commands.flatMap((command) => command.flags.filter(({ value }) => value.type !== 'none').map((flag) => valueCase(command, flag))).join('\n')}
  esac
  case "$command" in
    "") ${offer({ type: 'words', words: [...names, ...flags.map(({ long }) => long)] })} ;;
${commands.map(commandCase).join('\n')}
  esac
}
complete -F _${program} ${program}
`
}

function valueCase({ name }: CommandGrammar, { long, short, value }: Flag): string {
  const patterns = [long, ...(short === undefined ? [] : [short])].map((flag) => `"${name} ${flag}"`)
  return `    ${patterns.join('|')}) ${offer(value)}; return ;;`
}

function commandCase({ name, flags, argument }: CommandGrammar): string {
  const words = flags.map(({ long }) => long)
  return `    ${name}) if [[ "$current" == -* ]]; then ${offer({ type: 'words', words })}; else ${offer(argument)}; fi ;;`
}

function offer(values: Values): string {
  switch (values.type) {
    case 'words':
      return `COMPREPLY=($(compgen -W "${values.words.join(' ')}" -- "$current"))`
    case 'folder':
      return files('-d')
    case 'file':
      return files('-f')
    case 'anything':
    case 'none':
      return ':'
  }
}

// Names may hold spaces, and the bash of macOS has no mapfile.
function files(kind: '-d' | '-f'): string {
  return `compopt -o filenames 2>/dev/null; local IFS=$'\\n'; COMPREPLY=($(compgen ${kind} -- "$current"))`
}
