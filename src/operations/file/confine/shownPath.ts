/** A path as messages show it: on one line, whatever its name holds. */
export function shownPath(label: string): string {
  // eslint-disable-next-line no-control-regex -- names with control characters are what this looks for
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(label) ? JSON.stringify(label) : label
}
