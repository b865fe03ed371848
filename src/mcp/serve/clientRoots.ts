import type { Server } from '@modelcontextprotocol/server'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isTooWide } from './tooWide.js'

/** A client that names roots answers at once; one that does not answer is served without. */
const answerMs = 3_000

/** The folders that a client names as its roots: none where its revision of the protocol has none, or none can be used. */
export async function clientRoots(server: Server, log: (text: string) => void): Promise<readonly string[]> {
  if (server.getClientCapabilities()?.roots === undefined) return []
  try {
    const { roots } = await server.listRoots(undefined, { timeout: answerMs })
    return roots.flatMap(({ uri }) => {
      const folder = folderOf(uri)
      return folder === undefined || isTooWide(folder) ? [] : [folder]
    })
  } catch (error) {
    // Whatever the reason, the roots of the start stay: the client goes on without having named any.
    log(`the client named no roots: ${error instanceof Error ? error.message : String(error)}`)
    return []
  }
}

function folderOf(uri: string): string | undefined {
  if (!URL.canParse(uri) || new URL(uri).protocol !== 'file:') return undefined
  const folder = fileURLToPath(uri)
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? folder : undefined
}
