import { readFileSync } from 'node:fs'
import { posix } from 'node:path'

/** The pages of the documentation in the order in which the index lists them, as paths below `docs`. */
export const pagesInOrder = (): readonly string[] => [
  ...new Set([...readFileSync('docs/README.md', 'utf8').matchAll(/\]\(([\w/.-]+\.md)\)/g)].map(([, path]) => path ?? '')),
]

const titleOf = (path: string): string => /^# (.*)$/m.exec(readFileSync(`docs/${path}`, 'utf8'))?.[1]?.replaceAll('`', '') ?? path

/** The line at the end of a page that leads to the page before it, the index, and the page after it. */
export function footerOf(path: string): string {
  const pages = pagesInOrder()
  const place = pages.indexOf(path)
  const to = (other: string): string => posix.relative(posix.dirname(path), other)
  const [before, after] = [pages[place - 1], pages[place + 1]]
  return [
    ...(before === undefined ? [] : [`← [${titleOf(before)}](${to(before)})`]),
    `[All pages](${to('README.md')})`,
    ...(after === undefined ? [] : [`[${titleOf(after)}](${to(after)}) →`]),
  ].join(' · ')
}

/** A page with its footer, in place of the one it has. */
export function withFooter(path: string, text: string): string {
  const body = text.replace(/\n---\n\n[^\n]*\[All pages\]\([^\n]*\n$/, '').trimEnd()
  return `${body}\n\n---\n\n${footerOf(path)}\n`
}
