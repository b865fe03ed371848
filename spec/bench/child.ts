// One process of the benchmark: node child.js '{"task": …, "contender": …, "what": "sample" | "holding"}'. Prints what it measured.
import type { Task } from './cases.js'
import { measureDecode } from './decodeCase.js'
import { measureFiles } from './filesCase.js'
import { holdingOfGraph, measureGraph } from './graphCase.js'
import type { Holding, Sample } from './sample.js'
import { measureStart } from './startCase.js'
import { measureStream } from './streamCase.js'

/** What a process is told. */
export interface Order {
  readonly task: Task
  readonly contender: string
  readonly what: 'sample' | 'holding'
}

function sampleOf(task: Task, contender: string): Promise<Sample> {
  switch (task.type) {
    case 'graph':
      return measureGraph(contender, task)
    case 'stream':
      return measureStream(contender, task)
    case 'decode':
      return measureDecode(contender, task)
    case 'files':
      return measureFiles(contender, task)
    case 'start':
      return measureStart(contender)
  }
}

function holdingOf(task: Task, contender: string): Promise<Holding> {
  if (task.type !== 'graph') throw new Error('Only of graphs is it looked at what they hold.')
  return holdingOfGraph(contender, task)
}

const { task, contender, what } = JSON.parse(process.argv[2]!) as Order // Its parent wrote it.
const found = what === 'sample' ? await sampleOf(task, contender) : await holdingOf(task, contender)
process.stdout.write(`${JSON.stringify(found)}\n`)
