import type { CommandGrammar, Flag, Grammar, Values } from './grammar.js'

export function fishScript({ program, flags, commands }: Grammar): string {
  const first = `complete -c ${program} -n __fish_use_subcommand`
  const lines = [
    ...commands.map(({ name, summary }) => `${first} -a ${name} -d ${quoted(summary)}`),
    ...flags.map((flag) => `${first}${flagWords(flag)}`),
    ...commands.flatMap((command) => commandLines(program, command)),
  ]
  return `# Completion for ${program} in fish: ${program} completion fish | source
complete -c ${program} -f
${lines.join('\n')}
`
}

function commandLines(program: string, { name, flags, argument }: CommandGrammar): readonly string[] {
  const within = `complete -c ${program} -n '__fish_seen_subcommand_from ${name}'`
  const own = offer(argument)
  return [...(own === '' ? [] : [`${within}${own}`]), ...flags.map((flag) => `${within}${flagWords(flag)}`)]
}

function flagWords({ long, short, summary, value }: Flag): string {
  const names = ` -l ${long.slice(2)}${short === undefined ? '' : ` -s ${short.slice(1)}`}`
  return `${names} -d ${quoted(summary)}${value.type === 'none' ? '' : ` -x${offer(value)}`}`
}

function offer(values: Values): string {
  switch (values.type) {
    case 'words':
      return ` -a ${quoted(values.words.join(' '))}`
    case 'folder':
      return ` -a '(__fish_complete_directories)'`
    case 'file':
      return ` -a '(__fish_complete_path)'`
    case 'anything':
    case 'none':
      return ''
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
