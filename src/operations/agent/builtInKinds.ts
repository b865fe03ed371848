const reading = ['file.read', 'file.list', 'file.glob', 'file.stat', 'file.search']

/** The kinds there are without any configuration, with what each may do. None of them has a runner. */
export const builtInKinds: ReadonlyMap<string, readonly string[]> = new Map([
  ['researcher', [...reading, 'http.request']],
  ['coder', ['file.*', 'shell.run']],
  ['analyst', [...reading, 'file.write', 'file.create', 'file.append']],
  ['tester', [...reading, 'shell.run', 'http.request']],
  ['architect', [...reading, 'file.write', 'file.create', 'file.append', 'file.edit', 'file.mkdir']],
  ['coordinator', [...reading, 'swarm.status', 'swarm.message']],
])
