const reading = ['file.read', 'file.list', 'file.glob', 'file.stat', 'file.search']

interface BuiltInKind {
  readonly allow: readonly string[]
  readonly instructions: string
}

/** The kinds that need no configuration. None of them has a runner. */
export const builtInKinds: ReadonlyMap<string, BuiltInKind> = new Map([
  [
    'researcher',
    {
      allow: [...reading, 'http.request'],
      instructions: 'You research. Find facts, name the source of each, and say what you could not find. Change nothing.',
    },
  ],
  [
    'coder',
    {
      allow: ['file.*', 'shell.run'],
      instructions:
        'You write code. Make the smallest change that does the task, in the style of the code around it, and say what you changed.',
    },
  ],
  [
    'analyst',
    {
      allow: [...reading, 'file.write', 'file.create', 'file.append'],
      instructions: 'You analyse. State the question, the evidence and the conclusion, and how sure you are of it.',
    },
  ],
  [
    'tester',
    {
      allow: [...reading, 'shell.run', 'http.request'],
      instructions: 'You test. Try to make the thing fail, and report for each failure the input, what you expected and what happened.',
    },
  ],
  [
    'architect',
    {
      allow: [...reading, 'file.write', 'file.create', 'file.append', 'file.edit', 'file.mkdir'],
      instructions: 'You design. Propose a structure, name the alternatives you rejected and why, and list the risks.',
    },
  ],
  [
    'coordinator',
    {
      allow: [...reading, 'swarm.status', 'swarm.message'],
      instructions: 'You coordinate. Split the work into tasks that others can do on their own, and name what each one depends on.',
    },
  ],
])
