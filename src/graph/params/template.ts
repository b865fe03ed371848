import { resultPathFrom, type ResultPath } from './resultPath.js'

/** A template taken apart: what stays as it is, and what a result stands for. */
export type TemplatePart = string | ResultPath

/** Reads `{{a.version}} of {{b.name}}`; text says what is wrong with it. */
export function readTemplate(template: string): readonly TemplatePart[] | string {
  const parts: TemplatePart[] = []
  let from = 0
  for (let open = template.indexOf('{{'); open >= 0; open = template.indexOf('{{', from)) {
    const close = template.indexOf('}}', open)
    if (close < 0) return 'a "{{" is not closed.\nWrite {{id.key}}, or give plain text without "$template".'
    const pointer = resultPathFrom(template.slice(open + 2, close).trim())
    if (pointer === undefined)
      return 'between "{{" and "}}" there must be an id and keys with one "." between them, such as {{build.path}}.'
    if (open > from) parts.push(template.slice(from, open))
    parts.push(pointer)
    from = close + 2
  }
  if (from < template.length) parts.push(template.slice(from))
  return parts
}

/** A value as a template writes it: text as it is, everything else as JSON. */
export function templateText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The template that parts were read from, but for space within its braces. */
export function writtenTemplate(parts: readonly TemplatePart[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : `{{${part.text}}}`)).join('')
}
