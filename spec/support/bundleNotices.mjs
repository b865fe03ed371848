// The licences of the packages that a bundle holds parts of: each asks for its text to go along.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** `inputs` are the paths of the files that were bundled. */
export async function noticesOf(inputs, root) {
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []))
  const notices = await Promise.all([...folders].sort((a, b) => (a < b ? -1 : 1)).map((folder) => noticeOf(join(root, folder))))
  return `The files of this folder hold parts of these packages.\n\n${notices.join('\n')}`
}

async function noticeOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry))
  if (file === undefined && license === undefined) throw new Error(`${name} is bundled, and nothing tells its licence.`)
  const text = file === undefined ? `Licence: ${license}\n` : await readFile(join(folder, file), 'utf8')
  return `--- ${name} ${version}\n\n${text.trim()}\n`
}
