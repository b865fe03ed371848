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

/** The same for a call that returns at once. */
export function orOnCode<A, B>(codes: readonly string[], instead: B, call: () => A): A | B {
  try {
    return call()
  } catch (error) {
    return onCode(codes, instead)(error)
  }
}

/** Whether a call succeeded; false when the system refused it with one of these codes. */
export function tried(codes: string | readonly string[], call: () => void): boolean {
  try {
    call()
    return true
  } catch (error) {
    const code = errorCode(error)
    if (code !== undefined && (typeof codes === 'string' ? codes === code : codes.includes(code))) return false
    throw error
  }
}

/** An error as the operating system would give it, where this library finds out by itself. */
export function codedError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}
