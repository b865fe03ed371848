// One process of the benchmark: node child.js '{"task": …, "contender": …, "what": "sample" | "holding"}'. Prints what it measured.
import type { Order } from './ask.js'
import type { Holding, Sample } from './sample.js'
import type { Task } from './task.js'

/** A case loads only what it needs: a build to compare with may lack what another case is about. */
async function sampleOf(task: Task, contender: string): Promise<Sample> {
  switch (task.type) {
    case 'graph':
      return (await import('./graphCase.js')).measureGraph(contender, task)
    case 'stream':
      return (await import('./streamCase.js')).measureStream(contender, task)
    case 'decode':
      return (await import('./decodeCase.js')).measureDecode(contender, task)
    case 'files':
      return (await import('./filesCase.js')).measureFiles(contender, task)
    case 'journal':
      return (await import('./journalCase.js')).measureJournal(contender, task)
    case 'batch':
      return (await import('./batchCase.js')).measureBatch(contender, task)
    case 'one':
      return (await import('./oneCase.js')).measureOne(contender, task)
    case 'run --json':
      return (await import('./runJsonCase.js')).measureRunJson(contender, task)
    case 'calls':
      return (await import('./callCase.js')).measureCalls(contender, task)
    case 'start':
      return (await import('./startCase.js')).measureStart(contender, task)
    case 'workers':
      return (await import('./workersCase.js')).measureWorkers(contender, task)
  }
}

async function holdingOf(task: Task, contender: string): Promise<Holding> {
  if (task.type !== 'graph') throw new Error('Only of graphs is it looked at what they hold.')
  return (await import('./graphCase.js')).holdingOfGraph(contender, task)
}

const { task, contender, what } = JSON.parse(process.argv[2]!) as Order<Task> // Its parent wrote it.
const found = what === 'sample' ? await sampleOf(task, contender) : await holdingOf(task, contender)
process.stdout.write(`${JSON.stringify(found)}\n`)
