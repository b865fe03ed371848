// A small real batch, as an agent sends it in one message: a folder, three files in it, notes made of what writing two of them gave,
// then a look at the notes and at the folder.

export const texts = {
  manifest: `${JSON.stringify({ name: 'app', version: '0.1.0', type: 'module', main: 'index.js' }, undefined, 2)}\n`,
  main: 'export function greet(name) {\n  return `Hello, ${name}.`\n}\n',
  readme: '# App\n\nGreets whoever is named.\n',
  notes: (folder: string, manifestBytes: number, mainBytes: number): string =>
    `${folder}/app/package.json has ${manifestBytes} bytes, ${folder}/app/index.js has ${mainBytes}.\n`,
} as const

/** What each of the seven waits for, by place. */
export const sources: readonly (readonly number[])[] = [[], [0], [0], [0], [1, 2, 3], [4], [4]]

/** The message, for a folder. What waits for a folder or a file is found by what they touch; references say the rest. */
export function batchText(folder: string): string {
  const at = (name: string): string => `${folder}/app/${name}`
  const write = (id: string, name: string, content: unknown): object => {
    return { id, type: 'file', operation: 'write', params: { path: at(name), content } }
  }
  const notes = { $template: '{{manifest.path}} has {{manifest.bytes}} bytes, {{main.path}} has {{main.bytes}}.\n' }
  const operations = [
    { id: 'app', type: 'file', operation: 'mkdir', params: { path: `${folder}/app` } },
    write('manifest', 'package.json', texts.manifest),
    write('main', 'index.js', texts.main),
    write('readme', 'README.md', texts.readme),
    { ...write('notes', 'NOTES.md', notes), dependencies: ['readme'] },
    { id: 'check', type: 'file', operation: 'read', params: { path: { $ref: 'notes.path' } } },
    { id: 'list', type: 'file', operation: 'list', params: { path: `${folder}/app` }, dependencies: ['notes'] },
  ]
  return JSON.stringify({ operations })
}
