import * as E from 'fp-ts/lib/Either.js'

/** Why a text is not JSON, in the engine's words. */
export interface JsonProblem {
  readonly reason: string
  readonly cause: unknown
}

/**
 * The value that a JSON text stands for, or why it is none.
 *
 * The engine quotes a few letters of the text around the problem: they are those of the text that `redact` gives, so that they are
 * never a piece of a secret.
 */
export function parseJson(text: string, redact: (text: string) => string): E.Either<JsonProblem, unknown> {
  const parsed = parse(text)
  if (parsed._tag === 'Right') return parsed
  const redacted = redact(text)
  const shown = redacted === text ? parsed : parse(redacted)
  return shown._tag === 'Left' ? shown : E.left({ reason: 'a part of it that is not shown is not JSON', cause: undefined })
}

function parse(text: string): E.Either<JsonProblem, unknown> {
  try {
    return E.right(JSON.parse(text) as unknown)
  } catch (error) {
    if (error instanceof SyntaxError) return E.left({ reason: error.message, cause: error })
    throw error
  }
}
