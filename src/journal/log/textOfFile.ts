import { readFileSync } from 'node:fs'
import { errorCode } from '../../system/errorCode.js'

/** The text of a file; undefined when there is none. */
export function textOfFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** The value a JSON text stands for; undefined, which JSON cannot say, when it is not JSON. */
export function valueOfJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
