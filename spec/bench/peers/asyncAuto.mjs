// async.auto: tasks by name with the names of those they wait for. The functions are async: with callbacks that are called at once, a
// long chain of them runs out of stack.
import auto from 'async/auto.js'

export function prepare({ shape: { size, offsets, sources }, work, concurrency }) {
  return {
    run() {
      const tasks = {}
      for (let index = 0; index < size; index++) {
        const perform = async () => work.perform(index)
        const names = Array.from(sources.subarray(offsets[index], offsets[index + 1]), (source) => `o${source}`)
        tasks[`o${index}`] = names.length === 0 ? perform : [...names, perform]
      }
      return auto(tasks, concurrency)
    },
  }
}
