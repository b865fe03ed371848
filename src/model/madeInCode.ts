/** Marks what `operation` and the builders of `defineOperation` make. */
export const madeInCode: unique symbol = Symbol('an operation made in code')

/** Whether a value carries the mark: for those who need not know what else it is. */
export function isMadeInCode(value: unknown): value is { readonly id: string } {
  return typeof value === 'object' && value !== null && madeInCode in value
}
