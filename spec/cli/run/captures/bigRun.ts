import { concat, ignoreElements, merge, of, tap, throwError, timer, VirtualTimeScheduler, type Observable } from 'rxjs'
import { operation, runBatch, type AttemptContext, type BatchEvent, type Operation } from '../../../../src/index.js'

/** When Ctrl-C is pressed, in virtual ms. */
export const interruptedAt = 20_000

const longMessage = 'connect ECONNREFUSED 203.0.113.7:443, after the name was looked up twice and both of its addresses were tried'

/** A run of 300 operations with wide names, output, progress, retries, failures, what they keep from running, and Ctrl-C with clean-up. */
export function bigRun(): readonly BatchEvent[] {
  const scheduler = new VirtualTimeScheduler()
  const controller = new AbortController()
  const wait = (ms: number): Observable<never> => timer(ms, scheduler).pipe(ignoreElements())
  const during = (ms: number, steps: readonly (readonly [at: number, step: () => void])[]): Observable<number> =>
    concat(merge(wait(ms), ...steps.map(([at, step]) => timer(at, scheduler).pipe(tap(step), ignoreElements()))), of(1))
  const failing = (ms: number, message: string): Observable<never> =>
    concat(
      wait(ms),
      throwError(() => new Error(message)),
    )

  const operations: Operation<unknown>[] = []
  const add = (id: string, perform: (context: AttemptContext) => Observable<unknown>, settings = {}): void => {
    operations.push(operation(id, perform, settings))
  }
  add('a name that nobody would call short, since it says where it is and what it does', () =>
    failing(900, '構築に失敗しました: 依存関係が見つかりません'),
  )
  for (let index = 0; index < 290; index++) {
    const ms = 400 + ((index * 7_919) % 1_900)
    if (index === 40) {
      const progress = (context: AttemptContext) => (part: number) => () => context.progress(part / 10, `Teil ${part} von 10`)
      add('video/影片-40', (context) =>
        during(
          60_000,
          Array.from({ length: 10 }, (_, part) => [part * 1_500, progress(context)(part)]),
        ),
      )
    } else if (index === 41)
      add('tests 👩‍💻', ({ output }) =>
        during(60_000, [
          [300, () => output('stdout', '\u001b[32mok\u001b[39m 名前の長いテスト 1 of 4,000 in a folder with a long name\n')],
        ]),
      )
    else if (index % 37 === 5) add(`fetch-${index}`, () => failing(ms, longMessage))
    else if (index % 37 === 6) add(`after-${index}`, () => during(ms, []), { dependencies: [`fetch-${index - 1}`] })
    else if (index % 23 === 3)
      add(`flaky/${index}`, ({ attempt }) => (attempt < 3 ? failing(ms, 'HTTP 503: Service Unavailable') : during(ms, [])), {
        retry: { attempts: 3, delayMs: 2_000 },
      })
    else if (index % 11 === 0) add(`構築/モジュール-${index}`, () => during(ms, []))
    else add(`build-${index}`, ({ output }) => during(ms, [[ms / 2, () => output('stdout', `compiling ${index}.ts\n`)]]))
  }
  for (let index = 0; index < 8; index++) add(`publish-${index}`, () => during(10, []), { dependencies: ['video/影片-40'] })
  add('clean-up', ({ output }) => during(700, [[100, () => output('stdout', 'removing build/\n')]]), {
    when: 'settled',
    dependencies: ['tests 👩‍💻'],
  })

  const events: BatchEvent[] = []
  scheduler.schedule(() => controller.abort(new Error('the run was interrupted (SIGINT)')), interruptedAt)
  runBatch(operations, { scheduler, seed: 1, concurrency: 12, signal: controller.signal, runId: '3f2a9c1b77' }).subscribe((event) =>
    events.push(event),
  )
  scheduler.flush()
  return events
}
