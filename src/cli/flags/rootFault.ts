import { stat } from 'node:fs/promises'

/** What is wrong with the roots given, if anything: said once, and not by each operation. */
export async function rootFault({ root = [] }: { readonly root?: readonly string[] }): Promise<string | undefined> {
  for (const folder of root) {
    const fault = await stat(folder).then(
      (found) => (found.isDirectory() ? undefined : 'this is not a folder. Name a folder.'),
      (error: NodeJS.ErrnoException) =>
        error.code === 'ENOENT' ? 'there is no such folder. Make it first, or name another.' : `it cannot be used: ${error.message}.`,
    )
    if (fault !== undefined) return `--root ${folder}: ${fault}`
  }
  return undefined
}
