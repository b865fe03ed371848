import { nearest } from './nearest.js'

/** Fields by what other tools call them, in small letters alone; a name may mean one of several, of which one place takes at most one. */
const fieldsMeant: Readonly<Record<string, string>> = {
  path: 'filepath filename file pathname targetfile directory dir folder dirpath sourcepath relativepath from src source oldpath uri',
  destination: 'to dest target destinationpath newpath dst targetpath',
  content: 'contents text data body filetext newcontent value',
  edits: 'oldstring newstring oldstr newstr oldtext newtext changes replacements diffs edit find replace search',
  find: 'oldstring oldstr oldtext search old from',
  replace: 'newstring newstr newtext replacement with new to',
  command: 'run exec shell cmd args argv arguments script program commandline',
  cwd: 'path root base folder workingdirectory workdir dir directory workingdir',
  text: 'pattern query regex search term needle string',
  pattern: 'glob patterns globs include filter globpattern',
  url: 'uri link address href endpoint',
  body: 'data payload json content',
  method: 'verb httpmethod',
  params: 'args arguments input parameters inputs with options',
  type: 'tool name kind action',
  dependencies: 'dependson needs deps after requires',
  timeoutMs: 'timeout timeoutseconds',
  retry: 'retries attempts maxretries',
  when: 'if condition',
  operations: 'tasks steps jobs targets',
  id: 'key',
  each: 'foreach loop matrix withitems items',
  inputs: 'vars variables parameters',
  env: 'environment vars',
  concurrency: 'parallel parallelism maxconcurrency jobs workers maxparallel',
  onFailure: 'failfast onerror bail continueonerror',
}

/** The param of the standard operations that a name means. */
export function paramMeant(name: string): string | undefined {
  if (Object.hasOwn(fieldsMeant, name)) return name
  return Object.keys(fieldsMeant).find((field) => fieldsMeant[field]!.split(' ').includes(name.toLowerCase()))
}

/** The field that a name means, among those that can be given here. Never one that merely looks alike where another is meant. */
export function fieldMeant(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[_-]/g, '')
  const same = known.find((field) => plain(field) === plain(name))
  if (same !== undefined) return same
  const meaning = Object.entries(fieldsMeant).flatMap(([field, names]) => (names.split(' ').includes(plain(name)) ? [field] : []))
  const meant = meaning.find((field) => known.includes(field))
  // A name with a meaning of its own is no slip of another.
  return meant ?? (meaning.length > 0 ? undefined : nearest(name, known))
}
