import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { anyOf, record } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { nothing, anyJson, text } from '../../model/codec/values.js'

/** What a new project is to be. */
export const ProjectRequest = closed(
  'a project',
  { projectName: described(text({ minLength: 1, maxLength: 200 }), 'What people call it.') },
  {
    basePath: described(text({ minLength: 1, maxLength: 4096 }), 'Its folder. Default: its name, in the first root.'),
    fileStructure: described(record(anyOf(text(), nothing)), 'Further files by path, with their content; null makes a folder.'),
    template: described(
      text({ minLength: 1 }),
      'The template: node, typescript, none, or a folder whose files are copied, such as ./templates/app. Default: node.',
    ),
    packageJson: described(record(anyJson), 'Fields of package.json, over those it gets anyway.'),
  },
)
export type ProjectRequest = t.TypeOf<typeof ProjectRequest>
