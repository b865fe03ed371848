/** What names an operation of the same list: one made in code, or a record with an id. */
export function hasId(value: unknown): value is { readonly id: string } {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
}
