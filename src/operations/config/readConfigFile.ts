import * as E from 'fp-ts/lib/Either.js'
import { readFile } from 'node:fs/promises'
import { readConfig, type Config } from './config.js'

/** The configuration in a file; a `Left` says why it cannot be used. */
export async function readConfigFile(file: string): Promise<E.Either<string, Config>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
  return text instanceof Error ? E.left(`${file}: it could not be read: ${text.message}.`) : readConfig(text, file)
}
