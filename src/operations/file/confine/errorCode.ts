/** The code of an error from the operating system, such as `ENOENT`. */
export function errorCode(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
}

/** For `promise.catch`: gives `instead` for these codes, and lets every other error through. */
export function onCode<A>(codes: readonly string[], instead: A): (thrown: unknown) => A {
  return (thrown) => {
    if (codes.includes(errorCode(thrown) ?? '')) return instead
    throw thrown
  }
}

/** An error as the operating system would give it, where this library finds out by itself. */
export function codedError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}
