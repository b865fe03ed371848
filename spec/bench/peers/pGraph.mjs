// p-graph: dependencies are what it is for. The graph is given to its constructor, which is timed with the run.
import { PGraph } from 'p-graph'

export function prepare({ shape: { size, offsets, sources }, work, concurrency }) {
  return {
    run() {
      const nodes = new Map()
      const dependencies = []
      for (let index = 0; index < size; index++) {
        nodes.set(`o${index}`, { run: () => work.perform(index) })
        for (let at = offsets[index]; at < offsets[index + 1]; at++) dependencies.push([`o${sources[at]}`, `o${index}`])
      }
      return new PGraph(nodes, dependencies).run({ concurrency })
    },
  }
}
