import { lastValueFrom, type Observable } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as millrace from '../../../src/index.js'
import * as onNode from '../../../src/node.js'

const test = suite('natural mistakes')

/** Whoever adds an option adds its name to the lists in these texts: the names are not what is looked at here. */
function withoutNames(text: string): string {
  return text.replace(/(There is|The fields are): [^.]*\./g, '$1: ….')
}

/** As JavaScript has them: without types, every mistake can be made. */
type Untyped<M> = { readonly [K in keyof M]: (...given: readonly unknown[]) => unknown }

const { operation, defineOperation, operationRegistry, planGraph, refer, runBatch, runOperations, startBatch } =
  millrace as unknown as Untyped<typeof millrace>
const { mergeMapPool, monitor, monitored, ofType, onlyFailed, outcomeOf, snapshots, valueOf } = millrace as unknown as Untyped<
  typeof millrace
>
const { agents, fileJournal, showLive, standardOperations } = onNode as unknown as Untyped<typeof onNode>

type Made = (...given: readonly unknown[]) => unknown
const write = onNode.file.write as unknown as Made
const program = onNode.shell.run as unknown as Made

const a = operation('a', () => 1)

type Row = readonly [what: string, mistake: () => unknown, text: string]

const thrown: readonly Row[] = [
  ['no function', () => operation('a'), `operation("a"): perform: expected a function, received nothing.`],
  [
    'a promise for a function',
    () => operation('a', Promise.resolve(1)),
    `operation("a"): perform: expected a function, received a Promise. What makes the promise belongs inside the function: () => fetch(url).`,
  ],
  ['a value for a function', () => operation('a', 5), `operation("a"): perform: expected a function, received 5.`],
  ['a command for a function', () => operation('a', 'npm test'), `operation("a"): perform: expected a function, received "npm test".`],
  [
    'no id',
    () => operation(() => 1),
    `a function is not an id for an operation. Give it an id of 1 to 128 characters without "=", control characters, surrounding blanks or a leading "-".`,
  ],
  [
    'an id with a space before it',
    () => operation(' a', () => 1),
    `" a" is not an id for an operation. Give it an id of 1 to 128 characters without "=", control characters, surrounding blanks or a leading "-".`,
  ],
  [
    'an id like a flag',
    () => operation('-a', () => 1),
    `"-a" is not an id for an operation. Give it an id of 1 to 128 characters without "=", control characters, surrounding blanks or a leading "-".`,
  ],
  [
    'an empty id',
    () => operation('', () => 1),
    `"" is not an id for an operation. Give it an id of 1 to 128 characters without "=", control characters, surrounding blanks or a leading "-".`,
  ],
  [
    'a number for an id',
    () => operation(3, () => 1),
    `3 is not an id for an operation. Give it an id of 1 to 128 characters without "=", control characters, surrounding blanks or a leading "-".`,
  ],
  [
    'a need without a name',
    () => operation('b', a, (x: unknown) => x),
    `operation("b"): needs: expected the operations it needs, by name, such as { list }, received the operation "a". Give it a name: { value: needed }.`,
  ],
  [
    'needs in a list',
    () => operation('b', [a], (x: unknown) => x),
    `operation("b"): needs: expected the operations it needs, by name, such as { list }, received a list of 1. Give each a name: { a, b }.`,
  ],
  [
    'the id of a need',
    () => operation('b', { a: 'a' }, (x: unknown) => x),
    `operation("b"): needs.a: expected an operation, received "a". Pass the operation itself; an id alone goes into settings.dependencies.`,
  ],
  [
    'a promise as a need',
    () => operation('b', { a: Promise.resolve(1) }, (x: unknown) => x),
    `operation("b"): needs.a: expected an operation, received a Promise. Make it one: operation(id, () => promise).`,
  ],
  [
    'null for needs',
    () => operation('b', null, (x: unknown) => x),
    `operation("b"): needs: expected the operations it needs, by name, such as { list }, received null.`,
  ],
  [
    'needs behind the function',
    () => operation('b', ({ a }: { readonly a: unknown }) => a, { a }),
    `operation("b"): settings: expected settings, received {"a":{"id":"a"}}. The operations it needs come before the function: operation(id, { name: needed }, ({ name }) => …).`,
  ],
  ['needs and no function', () => operation('b', { a }), `operation("b"): perform: expected a function, received {"a":{"id":"a"}}.`],
  [
    'needs and a promise',
    () => operation('b', { a }, Promise.resolve(1)),
    `operation("b"): perform: expected a function, received a Promise. What makes the promise belongs inside the function: () => fetch(url).`,
  ],
  [
    'a misspelt setting',
    () => operation('a', () => 1, { retires: 3 }),
    `operation("a"): settings.retires: there is no "retires" here. Did you mean "retry"? There is: ….`,
  ],
  [
    'text for a retry policy',
    () => operation('a', () => 1, { retry: 'three' }),
    `operation("a"): settings.retry: expected a whole number from 1 to 1000 or a retry policy, received "three". Three attempts in all are { attempts: 3 }.`,
  ],
  [
    'a misspelt field of a retry policy',
    () => operation('a', () => 1, { retry: { attemps: 3 } }),
    `operation("a"): settings.retry.attemps: there is no "attemps" here. Did you mean "attempts"? There is: ….`,
  ],
  [
    'no attempt at all',
    () => operation('a', () => 1, { retry: { attempts: 0 } }),
    `operation("a"): settings.retry.attempts: expected a whole number from 1 to 1000, received 0. Three attempts in all are { attempts: 3 }.`,
  ],
  [
    'timeout for timeoutMs',
    () => operation('a', () => 1, { timeout: 3 }),
    `operation("a"): settings.timeout: there is no "timeout" here. Did you mean "timeoutMs"? There is: ….`,
  ],
  [
    'a time limit with a unit',
    () => operation('a', () => 1, { timeoutMs: '5s' }),
    `operation("a"): settings.timeoutMs: expected a whole number from 1 to 2147483647, received "5s". Five seconds are 5000.`,
  ],
  [
    'a time limit below zero',
    () => operation('a', () => 1, { timeoutMs: -1 }),
    `operation("a"): settings.timeoutMs: expected a whole number from 1 to 2147483647, received -1. Five seconds are 5000.`,
  ],
  [
    'the word of another tool',
    () => operation('a', () => 1, { when: 'always' }),
    `operation("a"): settings.when: expected one of success, settled, any-failed, none-failed, received "always". Use "settled" for what always runs.`,
  ],
  [
    'an unknown priority',
    () => operation('a', () => 1, { priority: 'urgent' }),
    `operation("a"): settings.priority: expected one of critical, high, medium, low, received "urgent".`,
  ],
  [
    'half a slot',
    () => operation('a', () => 1, { weight: 0.5 }),
    `operation("a"): settings.weight: expected a whole number from 1 to 1000000, received 0.5.`,
  ],
  [
    'one dependency without a list',
    () => operation('a', () => 1, { dependencies: a }),
    `operation("a"): settings.dependencies: expected a list of operations or ids, received the operation "a".`,
  ],
  [
    'the index of a dependency',
    () => operation('a', () => 1, { dependencies: [3] }),
    `operation("a"): settings.dependencies[0]: expected an operation, or the id of one, received 3.`,
  ],
  [
    'the name of another tool for dependencies',
    () => operation('a', () => 1, { dependsOn: [a] }),
    `operation("a"): settings.dependsOn: there is no "dependsOn" here. Did you mean "dependencies"? There is: ….`,
  ],
  [
    'a function for settings',
    () =>
      operation(
        'a',
        () => 1,
        () => 2,
      ),
    `operation("a"): settings: expected an object such as { dependencies: … }, received a function.`,
  ],
  [
    'a number for settings',
    () => operation('a', () => 1, 3),
    `operation("a"): settings: expected an object such as { dependencies: … }, received 3.`,
  ],
  [
    'a signal for settings',
    () => operation('a', () => 1, new AbortController().signal),
    `operation("a"): settings: expected an object such as { dependencies: … }, received an AbortSignal. Pass it as { signal }.`,
  ],
  [
    'two faults at once',
    () => operation('a', () => 1, { retires: 3, timeout: 5 }),
    `operation("a"): 2 faults.
settings.retires: there is no "retires" here. Did you mean "retry"? There is: ….
settings.timeout: there is no "timeout" here. Did you mean "timeoutMs"? There is: ….`,
  ],
  [
    'a root alone',
    () => standardOperations('/x'),
    `standardOperations: options: expected an object such as { root: "." }, received "/x". Give the folder as { root: "/x" }.`,
  ],
  [
    'roots alone',
    () => standardOperations(['/x']),
    `standardOperations: options: expected an object such as { root: "." }, received a list of 1. Give the folder as { root: ["/x"] }.`,
  ],
  [
    'roots for root',
    () => standardOperations({ roots: ['/x'] }),
    `standardOperations: options.roots: there is no "roots" here. Did you mean "root"? There is: ….`,
  ],
  [
    'no options for what may be touched',
    () => standardOperations(),
    `standardOperations: options: "root" is missing. Name the folder that paths cannot leave, such as { root: "." }.`,
  ],
  [
    'no root',
    () => standardOperations({}),
    `standardOperations: options: "root" is missing. Name the folder that paths cannot leave, such as { root: "." }.`,
  ],
  [
    'a number for a root',
    () => standardOperations({ root: 3 }),
    `standardOperations: options.root: expected a folder, or a list of folders, received 3.`,
  ],
  [
    'an empty list of roots',
    () => standardOperations({ root: [] }),
    `standardOperations: options.root: expected a folder, or a list of folders, received an empty list.`,
  ],
  [
    'an empty root',
    () => standardOperations({ root: '' }),
    `standardOperations: options.root: expected a folder, or a list of folders, received "".`,
  ],
  [
    'a misspelt permission',
    () => standardOperations({ root: '.', allowProgram: ['node'] }),
    `standardOperations: options.allowProgram: there is no "allowProgram" here. Did you mean "allowPrograms"? There is: ….`,
  ],
  [
    'one program without a list',
    () => standardOperations({ root: '.', allowPrograms: 'node' }),
    `standardOperations: options.allowPrograms: expected a list of names, received "node".`,
  ],
  [
    'yes for true',
    () => standardOperations({ root: '.', allowPrivateAddresses: 'yes' }),
    `standardOperations: options.allowPrivateAddresses: expected true or false, received "yes".`,
  ],
  [
    'a controller for its signal',
    () => runBatch([], { signal: new AbortController() }),
    `runBatch: options.signal: expected an AbortSignal, received an AbortController. Pass its signal: controller.signal.`,
  ],
  [
    'a signal for the options',
    () => runBatch([], new AbortController().signal),
    `runBatch: options: expected an object such as { operations: … }, received an AbortSignal. Pass it as { signal }.`,
  ],
  [
    'a concurrency of 0',
    () => runBatch([], { concurrency: 0 }),
    `runBatch: options.concurrency: expected a whole number of at least 1, or an Observable of numbers, received 0. To pause a run, give an Observable that emits 0.`,
  ],
  [
    'a concurrency as text',
    () => runBatch([], { concurrency: '6' }),
    `runBatch: options.concurrency: expected a whole number of at least 1, or an Observable of numbers, received "6".`,
  ],
  [
    'the name of another library for concurrency',
    () => runBatch([], { maxConcurrency: 6 }),
    `runBatch: options.maxConcurrency: there is no "maxConcurrency" here. Did you mean "concurrency"? There is: ….`,
  ],
  [
    'an infinite concurrency',
    () => runBatch([], { concurrency: Infinity }),
    `runBatch: options.concurrency: expected a whole number of at least 1, or an Observable of numbers, received Infinity.`,
  ],
  [
    'a registry for the options',
    () => runBatch([], standardOperations({ root: '.' })),
    `runBatch: options: expected an object such as { operations }, received a Map. Pass it as { operations }.`,
  ],
  [
    'a list for a registry',
    () => runBatch([], { operations: [1] }),
    `runBatch: options.operations: expected a registry of operation types, received a list of 1. Make one of the list: operationRegistry([…]).`,
  ],
  [
    'setTimeout for a scheduler',
    () => runBatch([], { scheduler: setTimeout }),
    `runBatch: options.scheduler: expected a scheduler of RxJS, received a function.`,
  ],
  ['text for a seed', () => runBatch([], { seed: 'x' }), `runBatch: options.seed: expected a whole number, received "x".`],
  [
    'an option in other case',
    () => runBatch([], { graceMS: 5 }),
    `runBatch: options.graceMS: there is no "graceMS" here. Did you mean "graceMs"? There is: ….`,
  ],
  [
    'a path for a journal',
    () => runBatch([], { journal: 'log' }),
    `runBatch: options.journal: expected a journal, such as fileJournal(), received "log".`,
  ],
  [
    'a misspelt option of startBatch',
    () => startBatch([], { concurency: 2 }),
    `startBatch: options.concurency: there is no "concurency" here. Did you mean "concurrency"? There is: ….`,
  ],
  [
    'a buffer below zero',
    () => runOperations({ buffer: -1 }),
    `runOperations: options.buffer: expected a whole number from 1 to 9007199254740991, received -1.`,
  ],
  [
    'no time between samples',
    () => monitor({ everyMs: 0 }),
    `monitor: options.everyMs: expected the ms between two samples, a number above 0, received 0.`,
  ],
  [
    'a number for the options of monitor',
    () => monitor(250),
    `monitor: options: expected an object such as { everyMs: … }, received 250. Pass it as { everyMs: 250 }.`,
  ],
  [
    'an Either for a graph',
    () => monitor({ graph: planGraph([a]) }),
    `monitor: options.graph: expected the graph of a plan, received {"_tag":"Right","right":{"operations":[{"id":"a","kind":{"name":"code.function",…. planGraph returns an Either: pass its right value.`,
  ],
  [
    'text for a time',
    () => snapshots({ everyMs: 'x' }),
    `snapshots: options.everyMs: expected a whole number from 0 to 2147483647, received "x".`,
  ],
  [
    'the id of what is referred to',
    () => refer('a', 'x'),
    `refer: operation: expected an operation, received "a". Pass what operation("a", …) returned, not its id.`,
  ],
  [
    'the beginning of a name',
    () => operation('a', () => 1, { retry: { attempts: 2, delay: 5 } }),
    `operation("a"): settings.retry.delay: there is no "delay" here. Did you mean "delayMs"? There is: ….`,
  ],
  [
    'settings before the function',
    () => operation('a', { retry: 3 }, () => 1),
    `operation("a"): needs.retry: expected an operation, received 3. Settings come last: operation(id, perform, { retry: … }).`,
  ],
  [
    'what the plan says among the options',
    () => runBatch([], { timeout: 5, onFailure: 'cancel' }),
    `runBatch: 2 faults.
options.timeout: there is no "timeout" here. It belongs in the plan: { operations: […], timeoutMs: … }. There is: ….
options.onFailure: there is no "onFailure" here. It belongs in the plan: { operations: […], onFailure: … }. There is: ….`,
  ],
  [
    'what makes a registry for the registry',
    () => runBatch([], { operations: standardOperations }),
    `runBatch: options.operations: expected a registry of operation types, received a function. Call it: standardOperations({ root: "." }).`,
  ],
  [
    'a number for the options of a run',
    () => runBatch([], 4),
    `runBatch: options: expected an object such as { operations: … }, received 4. Pass it as { concurrency: 4 }.`,
  ],
  [
    'a number for the options of mergeMapPool',
    () => mergeMapPool(() => [], 4),
    `mergeMapPool: options: expected an object such as { concurrency: … }, received 4. Pass it as { concurrency: 4 }.`,
  ],
  [
    'the working folder of another tool for the root',
    () => standardOperations({ cwd: '.' }),
    `standardOperations: options.cwd: there is no "cwd" here. Did you mean "root"? There is: ….`,
  ],
  [
    'programs for allowPrograms',
    () => standardOperations({ root: '.', programs: ['node'] }),
    `standardOperations: options.programs: there is no "programs" here. Did you mean "allowPrograms"? There is: ….`,
  ],
  [
    'a URL for a root',
    () => standardOperations({ root: new URL('file:///x') }),
    `standardOperations: options.root: expected a folder, or a list of folders, received a URL. Give its path: fileURLToPath(url), of node:url.`,
  ],
  [
    'an operator that was not called',
    () => (runBatch([]) as Observable<unknown>).pipe(onlyFailed as never),
    `onlyFailed: options: expected nothing, received an Observable. Call it: .pipe(onlyFailed()).`,
  ],
  [
    'an operator with options that was not called',
    () => (runBatch([]) as Observable<unknown>).pipe(monitor as never),
    `monitor: options: expected an object such as { everyMs: … }, received an Observable. Call the operator in the pipe, with its parentheses.`,
  ],
  [
    'a list for the events of a run',
    () => showLive([a]),
    `showLive: events: expected the events of a run, received a list of 1. Run the list: runBatch([…]).`,
  ],
  [
    'the options where samples go',
    () => monitored('x', { everyMs: 5 }),
    `monitored: sampled: expected a function, or an observer such as a Subject, received {"everyMs":5}.`,
  ],
  [
    'an operation where what it gives is meant',
    () => write('w', { path: 'x', content: a }),
    `file.write("w"): params.content: expected a value, not the operation "a" itself, received the operation "a". To use what it gives: refer(operation, key).`,
  ],
  [
    'a record where what it gives is meant',
    () => write('w', { path: 'x', content: { version: [program('v', { command: ['node', '-v'] })] } }),
    `file.write("w"): params.content.version[0]: expected a value, not the operation "v" itself, received {"id":"v","type":"shell","operation":"run","params":{"command":["node","-v"]}}. To use what it gives: refer(operation, key).`,
  ],
  ['a number for a key', () => refer(a, 3), `refer: key: expected text, received 3.`],
  [
    'an operation for operation types',
    () => operationRegistry(a),
    `operationRegistry: types: expected a list of operation types, received the operation "a".`,
  ],
  [
    'an operation in a list of operation types',
    () => operationRegistry([a]),
    `operationRegistry: types[0]: expected an operation type, received the operation "a".`,
  ],
  ['the value of nothing', () => valueOf(), `valueOf: operation: expected an operation, or the id of one, received nothing.`],
  ['the value of a list', () => valueOf([a]), `valueOf: operation: expected an operation, or the id of one, received a list of 1.`],
  ['the outcome of a number', () => outcomeOf(3), `outcomeOf: operation: expected an operation, or the id of one, received 3.`],
  [
    'an event type that there is not',
    () => ofType('operation-finished'),
    `ofType: types[0]: expected the type of an event, such as "operation-failed", received "operation-finished". There is: ….`,
  ],
  [
    'a misspelt event type',
    () => ofType('operation-sucess'),
    `ofType: types[0]: expected the type of an event, such as "operation-failed", received "operation-sucess". There is: ….`,
  ],
  ['no event type', () => ofType(), `ofType: types: expected the type of an event, such as "operation-failed", received nothing.`],
  [
    'an operation type without its parts',
    () => defineOperation({ type: 'x', operation: 'y' }),
    `defineOperation: 4 faults.
definition: "summary" is missing. One sentence for help.
definition: "params" is missing. The codec of its params.
definition: "result" is missing. The codec of its result.
definition: "perform" is missing. The function that does it: (params, context) => ….`,
  ],
  [
    'an operation type of other parts',
    () => defineOperation({ type: 'x', operation: 'y', summary: 's', params: { a: 1 }, result: {}, run() {} }),
    `defineOperation: 4 faults.
definition.params: expected a codec of millrace/codec, received {"a":1}. An object of codecs is made into one by closed(name, required, optional).
definition.result: expected a codec of millrace/codec, received {}. An object of codecs is made into one by closed(name, required, optional).
definition.run: there is no "run" here. There is: ….
definition: "perform" is missing. The function that does it: (params, context) => ….`,
  ],
  [
    'an unknown durability',
    () => fileJournal({ durability: 'fsync' }),
    `fileJournal: options.durability: expected one of none, process, power, received "fsync".`,
  ],
  [
    'a path for the options of a journal',
    () => fileJournal('/x'),
    `fileJournal: options: expected an object such as { root: … }, received "/x".`,
  ],
  ['root for roots', () => agents({ root: '.' }), `agents: options.root: there is no "root" here. Did you mean "roots"? There is: ….`],
]

for (const [what, mistake, text] of thrown)
  test(`${what}: thrown by the call itself`, () =>
    assert.throws(mistake, (error: Error) => (assert.is(withoutNames(error.message), text), error instanceof TypeError)))

/** A plan may come from anywhere: what is wrong with it is told by the run. */
const streamed: readonly Row[] = [
  [
    'an operation for a plan',
    () => runBatch(a),
    `The plan has one fault:
Expected a plan: an object with "operations", or a list of operations, received {"id":"a"}.`,
  ],
  [
    'functions for operations',
    () => runBatch([() => 1]),
    `The plan has one fault:
operations[0]: expected an operation, received a function.`,
  ],
  [
    'a promise for a plan',
    () => runBatch(Promise.resolve([])),
    `The plan has one fault:
Expected a plan: an object with "operations", or a list of operations, received {}.`,
  ],
  [
    'no plan',
    () => runBatch(undefined),
    `The plan has one fault:
Expected a plan: an object with "operations", or a list of operations, received nothing.`,
  ],
  [
    'the path of a plan',
    () => runBatch('plan.yaml'),
    `The plan has one fault:
Expected a plan: an object with "operations", or a list of operations, received "plan.yaml".`,
  ],
  [
    'a need that is not in the list',
    () => runBatch([operation('b', { a }, ({ a }: { readonly a: unknown }) => a)]),
    `The plan has one fault:
operations[0]: it needs "a", which is not in this list.
Add it: all operations of a batch are in one list.`,
  ],
  [
    'a list in the list',
    () => runBatch([[a]]),
    `The plan has one fault:
operations[0]: expected an operation, received [{"id":"a"}].`,
  ],
  [
    'a promise in the list',
    () => runBatch([Promise.resolve(1)]),
    `The plan has one fault:
operations[0]: "type" is missing.
Say what the operation does in one word, such as "type": "shell.run" or "type": "file.write".`,
  ],
  [
    'an id given twice',
    () => runBatch([a, operation('a', () => 2)]),
    `The plan has one fault:
operations[1].id: "a" is already the id of operations[0].
Give one of them another id.`,
  ],
  [
    'a misspelt dependency',
    () => runBatch([operation('b', () => 1, { dependencies: ['biuld'] }), operation('build', () => 1)]),
    `The plan has one fault:
operations[0].dependencies[0]: no operation is called "biuld".
Did you mean "build"? This plan has: b, build.`,
  ],
  [
    'a misspelt field of a plan',
    () => runBatch({ operations: [], concurency: 2 }),
    `The plan has one fault:
concurency: there is no field "concurency" here.
Did you mean "concurrency"? The fields are: ….`,
  ],
  [
    'a plan in the list',
    () => runBatch([{ operations: [] }]),
    `The plan has 2 faults:
operations[0].operations: there is no field "operations" here.
Did you mean "operation"? The fields are: ….
operations[0]: "type" is missing.
Say what the operation does in one word, such as "type": "shell.run" or "type": "file.write".`,
  ],
  [
    'a need of an equal id that is another operation',
    () => runBatch([operation('b', { a }, ({ a }: { readonly a: unknown }) => a), operation('a', () => 1)]),
    `The plan has one fault:
operations[0]: it needs an operation "a" that is not in this list, which has another one with that id.
Add the one it needs, or let it need the one in the list.`,
  ],
]

for (const [what, mistake, text] of streamed)
  test(`${what}: told by the run`, async () => {
    const run = mistake() as Observable<unknown>
    const error: unknown = await lastValueFrom(run).catch((reason: unknown) => reason)
    assert.instance(error, millrace.InvalidPlanError)
    assert.is(withoutNames((error as Error).message), text)
  })

test('there are at least seventy', () => assert.ok(thrown.length + streamed.length >= 70, String(thrown.length + streamed.length)))

test.run()
