import { InvalidArgumentError } from 'commander'

/** What was given as done, by id. */
export type DoneFlag = Readonly<Record<string, { readonly value: unknown }>>

/** Takes `id` or `id=json`, repeatable. */
export function collectDone(text: string, before: DoneFlag | undefined): DoneFlag {
  const at = text.indexOf('=')
  const id = at < 0 ? text : text.slice(0, at)
  return { ...before, [id]: { value: at < 0 ? undefined : jsonIn(text.slice(at + 1)) } }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new InvalidArgumentError(`What follows "=" must be JSON, such as 1, "text" or {"path":"a"}: ${error.message}.`)
  }
}
