import { open, rename } from 'node:fs/promises'

/** Writes a file whole or not at all: a draft beside it, synced to disk, renamed. It trusts its path. */
export async function replaceFile(path: string, content: string): Promise<void> {
  const draft = await open(`${path}.draft`, 'wx')
  await draft.writeFile(content)
  await draft.sync()
  await draft.close()
  await rename(`${path}.draft`, path)
}
