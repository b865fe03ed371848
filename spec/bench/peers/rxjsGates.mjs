// RxJS as it is wired first: a forkJoin over its dependencies opens each operation, which shares its result.
import { defer, forkJoin, from, lastValueFrom, mergeAll, mergeMap, of, shareReplay } from 'rxjs'

export function prepare({ shape: { size, offsets, sources }, work }) {
  return {
    run() {
      const ended = []
      for (let index = 0; index < size; index++) {
        const body = defer(() => (work.kind === 'sync' ? of(work.perform(index)) : from(work.perform(index))))
        const before = Array.from(sources.subarray(offsets[index], offsets[index + 1]), (source) => ended[source])
        ended.push((before.length === 0 ? body : forkJoin(before).pipe(mergeMap(() => body))).pipe(shareReplay(1)))
      }
      return lastValueFrom(from(ended).pipe(mergeAll()))
    },
  }
}
