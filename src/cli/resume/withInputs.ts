import * as E from 'fp-ts/lib/Either.js'
import { shellWord } from '../../model/fault/shellWord.js'
import { concealed } from '../../model/secrets/secretFields.js'

/**
 * The words of an earlier `millrace run` with these values of inputs, `name=value`. A `Left` names the inputs that still lack theirs: a
 * secret value is stored nowhere.
 */
export function withInputs(words: readonly string[], set: readonly string[] = []): E.Either<string, readonly string[]> {
  const given = new Map(set.map((one) => [nameOf(one), one]))
  const left = new Map(given)
  const filled: string[] = []
  const lacking: string[] = []
  for (const [at, word] of words.entries()) {
    const flag = word.startsWith('--set=') ? '--set=' : words[at - 1] === '--set' ? '' : undefined
    const own = flag === undefined ? undefined : word.slice(flag.length)
    const name = own === undefined ? '' : nameOf(own)
    const value = own === undefined ? undefined : given.get(name)
    if (value !== undefined) left.delete(name)
    else if (own === `${name}=${concealed}`) lacking.push(name)
    filled.push(value === undefined ? word : `${flag}${value}`)
  }
  if (lacking.length > 0) return E.left(refusal(lacking))
  return E.right([...[...left.values()].flatMap((value) => ['--set', value]), ...filled])
}

const nameOf = (one: string): string => one.split('=', 1)[0] ?? ''

function refusal(names: readonly string[]): string {
  const flags = names.map((name) => `--set ${shellWord(`${name}=VALUE`)}`).join(' ')
  const which =
    names.length === 1
      ? `The input ${JSON.stringify(names[0])} was`
      : `The inputs ${names.map((name) => JSON.stringify(name)).join(', ')} were`
  return `${which} given a secret value, which is not stored. Give it again: ${flags}`
}
