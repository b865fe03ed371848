import { jsonText } from '../../../operators/share/jsonText.js'

/** Compact JSON in which nothing breaks a line, whatever its reader takes for a line break. */
export function compactJson(value: unknown): string {
  return jsonText(value).replace(/[\u0085\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
