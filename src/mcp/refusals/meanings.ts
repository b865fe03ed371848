// mcp/refusals: what is wrong with a call, said so that one more turn mends it.
import { nearest } from '../../model/fault/nearest.js'

/** What models call things that are called otherwise here; the last part of a name decides. */
const operationsMeant: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'file.read': 'cat view open read_file read_text_file view_file load head tail readfile get_file_contents read_multiple_files',
    'file.write': 'write_file save put_file overwrite writefile save_file put',
    'file.create': 'create_file touch new_file createfile',
    'file.append': 'append_file append_to_file appendfile',
    'file.edit':
      'str_replace replace edit_file str_replace_editor apply_patch patch sed update_file modify multi_edit search_replace update',
    'file.search': 'grep rg ripgrep find_in_files search_files search_text search_code content_search findstr',
    'file.glob': 'find find_files glob_files file_search list_files',
    'file.list': 'ls dir list_directory readdir list_dir listdir tree',
    'file.mkdir': 'create_directory make_directory create_dir make_dir mkdirs mkdirp create_folder',
    'file.rmdir': 'remove_directory delete_directory remove_dir delete_folder',
    'file.delete': 'rm remove unlink delete_file remove_file del rmrf',
    'file.move': 'mv rename move_file rename_file',
    'file.copy': 'cp copy_file duplicate',
    'file.stat': 'exists file_info get_file_info stat_file info file_exists',
    'shell.run':
      'bash sh exec execute cmd command run_command terminal run_terminal_cmd run_shell_command spawn script shell zsh execute_command',
    'http.request':
      'get post delete_request head_request fetch curl wget web_fetch http_request download request_url fetch_url patch_request',
    'agent.run': 'task subagent delegate ask run_agent',
  }).flatMap(([operation, names]) => names.split(' ').map((name): [string, string] => [name, operation])),
)

/** Method names that are an `http.request` only where the family says so. */
const methods: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request'])

/** The operation type that a name means, among those there are: by its meaning, else the one that differs by a slip. */
export function operationMeant(name: string, known: Iterable<string>): string | undefined {
  const types = new Set(known)
  const dot = name.indexOf('.')
  const [family, last] = dot < 0 ? ['', name] : [name.slice(0, dot), name.slice(dot + 1)]
  const bare = (text: string): string => text.toLowerCase().replaceAll('-', '_')
  if (['http', 'https', 'web', 'url'].includes(bare(family)) && methods.has(bare(last)) && types.has('http.request')) return 'http.request'
  const wanted = operationsMeant.get(bare(last)) ?? operationsMeant.get(bare(last).replaceAll('_', ''))
  const within = `${family}.${bare(last)}`
  if (types.has(within)) return within
  if (wanted !== undefined && types.has(wanted)) return wanted
  const byFamily = operationsMeant.get(bare(family))
  // The family said twice: file.file_read, file_read, file/read.
  const whole = bare(name).replaceAll('/', '_')
  const twice = [...types].find((type) => whole === type.replace('.', '_') || bare(last) === type.replace('.', '_'))
  if (twice !== undefined) return twice
  const slip = nearest(name, types)
  return slip ?? (byFamily !== undefined && types.has(byFamily) ? byFamily : undefined)
}
