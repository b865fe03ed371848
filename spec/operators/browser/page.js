// What runs in the browser: it tries each thing the docs promise and posts what it saw.
import { operation, operationOf, outcomes, runBatch } from 'millrace'
import { stepsOfReact } from './react.js'

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

const checks = {
  async events() {
    const types = []
    const words = operation('words', () => Promise.resolve(['mill', 'race']))
    const text = operation('text', { words }, ({ words }) => words.join(''))
    for await (const event of runBatch([words, text])) types.push(event.type)
    return types
  },

  async platformObservable() {
    const last = await Observable.from(runBatch([operation('a', () => 7)])).last()
    return { type: last.type, ok: last.summary.ok }
  },

  async platformObservableAsWork() {
    let torn = 0
    const ends = operation('ends', () => Observable.from([1, 2, 3]))
    const hangs = operation('hangs', () => new Observable((subscriber) => subscriber.addTeardown(() => torn++)), { timeoutMs: 20 })
    const ended = []
    await runBatch([ends, hangs])
      .pipe(outcomes())
      .forEach(({ id, outcome }) => ended.push([id, outcome.value ?? outcome.error.type]))
    return { ended, torn }
  },

  async worker() {
    const worker = new Worker('/worker.js', { type: 'module' })
    const phases = []
    const last = await new Promise((resolve, reject) => {
      worker.onerror = ({ message }) => reject(new Error(message))
      worker.onmessage = ({ data }) => {
        phases.push(data.phase)
        if (data.phase === 'finished') resolve(data)
      }
    })
    worker.terminate()
    return { first: phases[0], counts: last.counts, state: operationOf(last, 'total').state }
  },

  react: () => stepsOfReact(after),
}

const limited = (check) => Promise.race([check(), after(60_000).then(() => 'it took longer than 60 s')])

const results = {}
for (const [name, check] of Object.entries(checks)) {
  results[name] = await limited(check).catch((error) => `${error.name}: ${error.message}\n${error.stack}`)
}
await fetch('/result', { method: 'POST', body: JSON.stringify(results) })
