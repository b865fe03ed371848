/** A promise waits for what its `finally` returns. The standard library does not say so, and the linter takes that for a fault. */
interface Promise<T> {
  finally(onFinally: () => PromiseLike<unknown>): Promise<T>
}
