/** What names one operation: its id, or whatever carries it. */
export type OperationName = string | { readonly id: string }

/** @internal */
export function idOf(operation: OperationName): string {
  return typeof operation === 'string' ? operation : operation.id
}
