// RxJS as it is meant: level after level of the graph, each a mergeMap with a limit. An operation waits for the whole level before it.
import { concatMap, from, lastValueFrom, mergeMap, of } from 'rxjs'

export function prepare({ shape: { size, offsets, sources }, work, concurrency }) {
  return {
    run() {
      const levels = []
      const levelOf = new Int32Array(size)
      for (let index = 0; index < size; index++) {
        let level = 0
        for (let at = offsets[index]; at < offsets[index + 1]; at++) level = Math.max(level, levelOf[sources[at]] + 1)
        levelOf[index] = level
        ;(levels[level] ??= []).push(index)
      }
      const body = work.kind === 'sync' ? (index) => of(work.perform(index)) : (index) => from(work.perform(index))
      return lastValueFrom(from(levels).pipe(concatMap((level) => from(level).pipe(mergeMap(body, concurrency)))))
    },
  }
}
