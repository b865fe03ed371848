/** The path of the first of `names` that is a program on the PATH, or undefined. */
export function onPath(...names: readonly string[]): string | undefined
