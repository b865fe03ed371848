import { createRequire } from 'node:module'

/** The version of this package. */
export function ownVersion(): string {
  // The package's own file: the same place from the sources as from `dist`.
  const { version } = createRequire(import.meta.url)('../../../package.json') as { readonly version: string }
  return version
}
