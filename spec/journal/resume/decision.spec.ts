import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { operation } from '../../../src/index.js'
import type { ResumeFault } from '../../../src/journal/resume/resumeFault.js'
import { cancelled, decided, failed, once, open, safe, serving, skipped, succeeded, type Case } from './logOf.js'

const test = suite('what a run that resumes another one does')

function known(given: Case): readonly string[] {
  const made = decided(given)
  if ('faults' in made) throw new Error(made.texts.join('\n'))
  return [...made.decision.known].map(([id, { type }]) => `${id} ${type}`)
}

function left(given: Case): readonly string[] {
  const made = decided(given)
  if ('faults' in made) throw new Error(made.texts.join('\n'))
  return made.decision.left
}

function faults(given: Case): readonly ResumeFault[] {
  const made = decided(given)
  return 'faults' in made ? made.faults : []
}

const after = (...dependencies: readonly string[]): object => ({ dependencies })
const needs = (id: string): object => ({ params: { x: { $ref: id } } })
const both = ['resume', 'retry'] as const

for (const kind of both) {
  test(`${kind}: succeeded with a whole value is taken over`, () => {
    const given = { plan: [once('a'), once('b', needs('a'))], log: { a: succeeded() }, kind }
    assert.equal(known(given), ['a succeeded'])
    assert.equal(left(given), ['b'])
  })

  for (const lack of ['masked', 'lossy'] as const) {
    test(`${kind}: succeeded and ${lack}, needed by nothing that is left, is taken over as it is`, () => {
      const given = {
        plan: [once('a'), once('b', needs('a')), once('c')],
        log: { a: succeeded(1, { [lack]: true }), b: succeeded() },
        kind,
      }
      const made = decided(given)
      assert.ok('decision' in made)
      assert.equal(made.decision.known.get('a'), { type: 'succeeded', value: 1, from: 'old', [lack]: true })
    })

    test(`${kind}: succeeded and ${lack}, needed by one that is left, is done again when that may be, with what it needs`, () => {
      const plan = [safe('first'), safe('a', needs('first')), once('b', needs('a')), once('beside', needs('a'))]
      const log = { first: succeeded(1, { [lack]: true }), a: succeeded(1, { [lack]: true }), beside: succeeded() }
      assert.equal(left({ plan, log, kind }), ['first', 'a', 'b'])
    })

    test(`${kind}: succeeded and ${lack}, needed by one that is left, is a fault when it may not be done twice`, () => {
      const given = { plan: [once('a'), once('b', needs('a')), once('c', needs('a'))], log: { a: succeeded(1, { [lack]: true }) }, kind }
      assert.equal(faults(given).map(({ type }) => type), ['masked']) // prettier-ignore
      const [fault] = faults(given)
      assert.ok(fault?.type === 'masked' && fault.id === 'a' && fault.because === lack)
      assert.equal(left({ ...given, choices: { rerun: ['a'] } }), ['a', 'b', 'c'])
      assert.equal(left({ ...given, choices: { done: { a: 5 } } }), ['b', 'c'])
    })
  }

  const again: readonly (readonly [title: string, state: Case['log'][string] | undefined])[] = [
    ['cancelled', cancelled()],
    ['cancelled in an attempt', cancelled(2)],
    ['skipped by policy', skipped('policy')],
    ['waiting, ready or without any event', undefined],
    ['between two attempts', { type: 'waiting' }],
  ]
  for (const [title, state] of again)
    test(`${kind}: ${title} is done again, also when it may not be done twice`, () => {
      assert.equal(left({ plan: [once('a'), once('b')], log: { ...(state && { a: state }), b: succeeded() }, kind }), ['a'])
    })

  test(`${kind}: an open attempt that may be repeated is done again`, () => {
    assert.equal(left({ plan: [safe('a')], log: { a: open }, kind }), ['a'])
  })

  test(`${kind}: an open attempt that may not be repeated is a fault, until somebody says what it came to`, () => {
    const given = { plan: [once('a'), once('b', after('a'))], log: { a: open }, kind }
    assert.equal(faults(given), [{ type: 'interrupted', id: 'a', name: 'spec.once', attempt: 2 }])
    assert.equal(left({ ...given, choices: { rerun: ['a'] } }), ['a', 'b'])
    assert.equal(left({ ...given, choices: { rerun: 'all' } }), ['a', 'b'])
    assert.equal(left({ ...given, choices: { from: ['a'] } }), ['a', 'b'])
    assert.equal(left({ ...given, choices: { done: { a: undefined } } }), ['b'])
  })

  for (const when of ['settled', 'any-failed', 'none-failed'])
    test(`${kind}: a clean-up (${when}) that ran behind something that is done again is a fault`, () => {
      const plan = [once('start'), once('use', after('start')), once('stop', { ...after('use'), when })]
      const given = { plan, log: { start: succeeded(), use: cancelled(1), stop: succeeded() }, kind }
      assert.equal(faults(given), [{ type: 'cleaned-up', id: 'stop', again: ['use'], from: ['start'] }])
      assert.equal(left({ ...given, choices: { from: ['start'] } }), ['start', 'use', 'stop'])
      assert.equal(left({ ...given, choices: { rerun: ['stop'] } }), ['use', 'stop'])
      assert.equal(left({ ...given, choices: { done: { stop: 1 } } }), ['use'])
    })

  test(`${kind}: a clean-up behind nothing that is done again is taken over`, () => {
    const plan = [once('use'), once('stop', { ...after('use'), when: 'settled' }), once('other')]
    assert.equal(left({ plan, log: { use: succeeded(), stop: succeeded() }, kind }), ['other'])
  })

  test(`${kind}: a clean-up that had begun or was cancelled in an attempt counts as one that ran`, () => {
    const plan = [once('use'), safe('stop', { ...after('use'), when: 'settled' })]
    for (const stop of [open, cancelled(1), failed])
      assert.ok(faults({ plan, log: { use: cancelled(), stop }, kind }).some(({ type }) => type === 'cleaned-up'))
    assert.equal(left({ plan, log: { use: cancelled(), stop: cancelled(0) }, kind }), ['use', 'stop'])
  })

  test(`${kind}: new operations run, those that are gone are named`, () => {
    const made = decided({ plan: [once('a'), once('b')], log: { a: succeeded(), b: succeeded() }, now: [once('a'), once('c')], kind })
    assert.ok('decision' in made)
    assert.equal([made.decision.left, made.decision.added, made.decision.gone], [['c'], ['c'], ['b']])
  })

  test(`${kind}: what would be taken over and is another one now is a fault; what is done again anyway is not`, () => {
    const plan = [once('a', { params: { x: 1 } }), once('b'), once('c', { params: { x: 1 } })]
    const now = [once('a', { params: { x: 2 } }), safe('b'), once('c', { params: { x: 2 } })]
    const given = { plan, log: { a: succeeded(), b: succeeded() }, now, kind }
    assert.equal(faults(given), [
      { type: 'changed', id: 'a', field: 'params' },
      { type: 'changed', id: 'b', field: 'type' },
    ])
    assert.equal(left({ ...given, choices: { rerun: ['a'], done: { b: 1 } } }), ['a', 'c'])
  })

  test(`${kind}: an item of a list that is taken over goes by its own state`, () => {
    const items = operation('items', () => [1, 2, 3, 4])
    const each = operation.each('each', items, (item) => item)
    const log = {
      items: succeeded([1, 2, 3, 4]),
      each: open,
      'each[0]': succeeded(1, { parent: 'each' }),
      'each[1]': { ...cancelled(), parent: 'each' },
      'each[2]': { ...failed, parent: 'each' },
    }
    const plan = [items, each]
    assert.equal(known({ plan, log, kind }), kind === 'resume' ? ['each[0] succeeded', 'each[2] failed', 'items succeeded'] : ['each[0] succeeded', 'items succeeded']) // prettier-ignore
    assert.equal(known({ plan, log, kind: 'retry', choices: { rerun: ['each[0]'] } }), ['items succeeded'])
    assert.equal(known({ plan, log, kind: 'retry', choices: { rerun: ['each'] } }), ['items succeeded'])
    // Another list may have other items.
    assert.equal(known({ plan, log, kind, choices: { rerun: ['items'] } }), [])
  })

  test(`${kind}: an item that was interrupted is a fault, unless items may be done twice`, () => {
    const items = operation('items', () => [1])
    const log = { items: succeeded([1]), each: open, 'each[0]': { ...open, parent: 'each' } }
    const each = operation.each('each', items, (item) => item)
    assert.equal(faults({ plan: [items, each], log, kind }), [{ type: 'interrupted', id: 'each[0]', name: 'code.each', attempt: 2 }])
    assert.equal(known({ plan: [items, each], log, kind, choices: { done: { 'each[0]': 1 } } }), ['each[0] succeeded', 'items succeeded'])
    const twice = operation.each('each', items, (item) => item, { repeatable: true })
    assert.equal(known({ plan: [items, twice], log, kind }), ['items succeeded'])
  })

  test(`${kind}: a name that nothing has is a fault, with the one that was meant`, () => {
    const given = { plan: [once('build')], log: {}, kind, choices: { rerun: ['biuld'], done: { x: 1 }, from: ['build[0]'] } }
    assert.equal(faults(given), [
      { type: 'unknown-id', id: 'biuld', flag: 'rerun', nearest: 'build' },
      { type: 'unknown-id', id: 'x', flag: 'done' },
      { type: 'unknown-id', id: 'build[0]', flag: 'from' },
    ])
  })

  test(`${kind}: all faults are told at once`, () => {
    const plan = [once('a'), once('b'), once('c', needs('b')), once('d')]
    const given = { plan, log: { a: open, b: succeeded(1, { masked: true }), d: succeeded() }, now: [...plan.slice(0, 3), safe('d')], kind }
    assert.equal(faults(given).map(({ type }) => type), ['interrupted', 'changed', 'masked']) // prettier-ignore
  })
}

for (const [title, items, list] of [
  ['of another operation', { $ref: 'items.list' }, [once('items')]],
  ['of the plan itself', [1, 2], []],
] as const)
  test(`items of a list ${title} go by their own states, in a plan too`, () => {
    const each = once('each', { each: items, params: { x: { $item: '' } } })
    const log = {
      items: succeeded({ list: [1, 2] }),
      each: open,
      'each[0]': succeeded(1, { parent: 'each' }),
      'each[1]': { ...open, parent: 'each' },
    }
    const given = { plan: [...list, each], log }
    assert.equal(faults(given).map((fault) => fault.type === 'interrupted' && fault.id), ['each[1]']) // prettier-ignore
    const twice = { ...given, plan: [...list, safe('each', { each: items, params: { x: { $item: '' } } })] }
    assert.ok(known(twice).includes('each[0] succeeded') && !known(twice).includes('each[1] succeeded'))
  })

test('resume: failed stays failed, and what was skipped because of it stays so', () => {
  const plan = [once('a'), once('b', after('a')), once('c')]
  const given = { plan, log: { a: failed, b: skipped('dependency') } }
  assert.equal(known(given), ['a failed'])
  assert.equal(left(given), ['c'])
  assert.equal(left({ ...given, choices: { rerun: ['a'] } }), ['a', 'b', 'c'])
})

test('what was skipped because of a failure runs when that is given as done', () => {
  const plan = [once('a'), once('b', after('a')), once('c', after('b'))]
  const log = { a: failed, b: skipped('dependency'), c: skipped('dependency') }
  for (const kind of both) assert.equal(left({ plan, log, kind, choices: { done: { a: 1 } } }), ['b', 'c'])
})

test('retry: failed is done again, and what was skipped because of it', () => {
  const plan = [once('a'), once('b', after('a')), once('c', after('b')), once('d')]
  const log = { a: failed, b: skipped('dependency'), c: skipped('dependency'), d: succeeded() }
  assert.equal(left({ plan, log, kind: 'retry', finished: true }), ['a', 'b', 'c'])
})

test('undone: nothing to resume; retry does all of it', () => {
  const plan = [once('a'), once('b', after('a'))]
  const given = { plan, log: { a: { type: 'undone' }, b: failed }, onFailure: 'rollback', finished: true } as const
  assert.equal(faults(given), [{ type: 'rolled-back', runId: 'old' }])
  assert.equal(left({ ...given, kind: 'retry' }), ['a', 'b'])
})

test('killed between a failure and its rollback: nothing to resume either', () => {
  const given = { plan: [once('a'), once('b')], log: { a: succeeded(), b: failed }, onFailure: 'rollback' }
  assert.equal(faults(given), [{ type: 'rolled-back', runId: 'old' }])
})

test('when nothing is left, there is nothing to do', () => {
  const plan = [once('a'), once('b', after('a'))]
  assert.equal(faults({ plan, log: { a: succeeded(), b: succeeded() }, finished: true }), [
    { type: 'finished', runId: 'old', kind: 'resume' },
  ])
  assert.equal(faults({ plan, log: { a: failed, b: skipped('dependency') }, finished: true }), [{ type: 'finished', runId: 'old', kind: 'resume' }]) // prettier-ignore
  assert.equal(faults({ plan, log: { a: succeeded(), b: skipped('gate') }, kind: 'retry', finished: true }), [{ type: 'finished', runId: 'old', kind: 'retry' }]) // prettier-ignore
})

test('killed behind its last operation, or with a last one whose result is given: everything is taken over, and the run gets an end', () => {
  const plan = [once('a'), once('b', after('a'))]
  for (const kind of both) {
    assert.equal(known({ plan, log: { a: succeeded(), b: succeeded() }, kind }), ['a succeeded', 'b succeeded'])
    assert.equal(known({ plan, log: { a: succeeded(), b: open }, kind, choices: { done: { b: 1 } } }), ['a succeeded', 'b succeeded'])
  }
  assert.equal(left({ plan, log: { a: failed, b: skipped('dependency') } }), [])
  assert.equal(left({ plan, log: { a: failed, b: succeeded() }, kind: 'retry', finished: true, choices: { done: { a: 1 } } }), [])
})

test('a child of any other unfinished parent is done with it', () => {
  const log = { a: cancelled(1), 'a/1': { ...succeeded(), parent: 'a' } }
  assert.equal(known({ plan: [safe('a')], log }), [])
})

test('a value that two share by an equal read has to be whole for the one that is left', () => {
  const plan = [safe('a'), safe('b', needs('a'))]
  assert.equal(left({ plan, log: { a: succeeded(1, { lossy: true }) } }), ['a', 'b'])
})

test('a service is started again when something that is left needs it, directly or not, and else taken over', () => {
  const plan = [serving('s'), once('a', after('s')), once('b', after('a')), once('other')]
  assert.equal(left({ plan, log: { s: succeeded(), a: succeeded() } }), ['s', 'b', 'other'])
  assert.equal(left({ plan, log: { s: succeeded(), a: succeeded(), b: failed }, kind: 'retry' }), ['s', 'b', 'other'])
  assert.equal(known({ plan, log: { s: succeeded(), a: succeeded(), b: succeeded() } }), ['s succeeded', 'a succeeded', 'b succeeded'])
})

test('a service that is started again has those started again that it needs', () => {
  const plan = [serving('first'), serving('second', after('first')), once('a', after('second')), once('b', after('a'))]
  const log = { first: succeeded(), second: succeeded(), a: succeeded() }
  assert.equal(left({ plan, log }), ['first', 'second', 'b'])
})

test('a service is started again whatever became of it: interrupted, with a value that is not whole, or changed', () => {
  const plan = [serving('s'), once('a', needs('s')), once('b', needs('s'))]
  assert.equal(left({ plan, log: { s: open, a: succeeded() } }), ['s', 'b'])
  assert.equal(left({ plan, log: { s: succeeded(1, { masked: true }), a: succeeded() } }), ['s', 'b'])
  assert.equal(left({ plan, now: [serving('s', { ready: { port: 2 } }), ...plan.slice(1)], log: { s: succeeded(), a: succeeded() } }), [
    's',
    'b',
  ])
  const done = { a: succeeded(), b: succeeded() }
  const changed = { plan: [...plan, once('c')], now: [serving('s', { ready: { port: 2 } }), ...plan.slice(1), once('c')] }
  assert.equal(faults({ ...changed, log: { s: succeeded(), ...done } }).map(({ type }) => type), ['changed']) // prettier-ignore
})

test('a service that has failed stays failed when its run is resumed, and is tried again by retry', () => {
  const plan = [serving('s'), once('a', after('s')), once('b')]
  const log = { s: failed, a: skipped('dependency') }
  assert.equal(left({ plan, log }), ['b'])
  assert.equal(left({ plan, log, kind: 'retry' }), ['s', 'a', 'b'])
})

test('a service that was given as done is not started again', () => {
  const plan = [serving('s'), once('a', after('s'))]
  assert.equal(left({ plan, log: { s: succeeded() }, choices: { done: { s: { port: 1 } } } }), ['a'])
})

test('every fault says what to do', () => {
  const plan = [once('start'), once('use', after('start')), once('stop', { ...after('use'), when: 'settled' })]
  const made = decided({ plan, log: { start: succeeded(), use: open, stop: succeeded() } })
  assert.ok('texts' in made)
  assert.equal(made.texts, [
    '"use" (spec.once) was interrupted in attempt 2. It is not repeatable, and its effect is unknown.\nCheck what it did. Then run it again with --rerun use, or mark it as done with --done use.',
    '"stop" is a clean-up that has already run, and "use" before it would run again, perhaps without what it removed.\nStart further back with --from start, which runs everything from there on again, the clean-up included.',
  ])
})

test.run()
