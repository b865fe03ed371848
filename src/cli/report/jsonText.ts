/** A value as JSON text. An Error, which JSON would write as `{}`, keeps its name and message. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, plainError, indent)
}

function plainError(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value
  return {
    name: value.name,
    message: value.message,
    ...('code' in value && { code: value.code }),
    ...(value.cause !== undefined && { cause: value.cause }),
  }
}
