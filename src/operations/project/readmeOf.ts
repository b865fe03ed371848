import { isPlainObject } from '../../model/codec/plainObject.js'

/** A README that says what there is, and no more. */
export function readmeOf(projectName: string, manifest: Readonly<Record<string, unknown>>): string {
  const { description, scripts } = manifest
  const commands = isPlainObject(scripts) ? Object.entries(scripts) : []
  const lines = commands.map(
    ([name, command]) => `- \`npm ${name === 'test' || name === 'start' ? name : `run ${name}`}\`: \`${String(command)}\``,
  )
  return [
    `# ${projectName.replaceAll('\n', ' ')}`,
    ...(typeof description === 'string' && description !== '' ? [description] : []),
    [
      '| folder | for |',
      '| --- | --- |',
      '| `src` | the code |',
      '| `tests` | its tests |',
      '| `docs` | its documentation |',
      '| `scripts` | helpers for its development |',
    ].join('\n'),
    ...(lines.length > 0 ? [lines.join('\n')] : []),
  ]
    .map((part) => `${part}\n`)
    .join('\n')
}
