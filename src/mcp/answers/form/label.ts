// mcp/answers/form: how ids, values, texts and lists are written in an answer, each so that it can be read back exactly.
import { compactJson } from './compactJson.js'

/** An id or a path into a value as it begins a line: in JSON quotes unless it can be taken for nothing else. */
export function showPath(path: string): string {
  return /^[\p{L}\p{N}_][\p{L}\p{N}_./[\]-]*$/u.test(path) ? path : compactJson(path)
}
