import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { freePort } from '../../support/freePort.js'
import { inFolder, millrace } from '../command/millrace.js'
import { writeStandIns } from './standIns.js'

const test = suite('files of other tools as plans')

interface Ran {
  readonly code: number | null
  /** What became of each operation of the plan. */
  readonly outcomes: Readonly<Record<string, string>>
  /** What the programs were called with, in their order. */
  readonly calls: readonly string[]
  readonly folder: string
}

interface Given {
  readonly set?: Readonly<Record<string, unknown>>
  /** What the program that a plan decides by says. */
  readonly choice?: string
  readonly files?: readonly string[]
}

async function ran(plan: string, { set = {}, choice = '', files = [] }: Given, check: (ran: Ran) => Promise<void> | void): Promise<void> {
  await inFolder({}, async (folder) => {
    await copyFile(`spec/cli/realPlans/${plan}.yaml`, join(folder, 'millrace.yaml'))
    for (const file of files) await writeFile(join(folder, file), file)
    const [bin, log] = [join(folder, 'bin'), join(folder, 'calls')]
    await writeStandIns(bin)
    await writeFile(log, '')
    const env = { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, CALLS: log, CHOICE: choice, LEVEL: '', STAGE: '' }
    const sets = Object.entries(set).flatMap(([name, value]) => [
      '--set',
      `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ])
    const { code, stdout, stderr } = await millrace(['run', '--json', ...sets], { cwd: folder, env })
    if (stdout === '') throw new Error(stderr)
    const { operations } = JSON.parse(stdout) as {
      readonly operations: readonly { readonly id: string; readonly outcome: string; readonly parent?: string }[]
    }
    const outcomes = Object.fromEntries(operations.filter(({ parent }) => parent === undefined).map(({ id, outcome }) => [id, outcome]))
    const calls = (await readFile(log, 'utf8')).split('\n').slice(0, -1)
    await check({ code, outcomes, calls, folder })
  })
}

const allOf = (ids: string, outcome = 'succeeded'): Readonly<Record<string, string>> =>
  Object.fromEntries(ids.split(' ').map((id) => [id, outcome]))

/** Each of these was called, each step after all of the step before; a server that could still say so went down after all that asked it. */
function inOrder(calls: readonly string[], ...steps: readonly (readonly string[])[]): void {
  const isDown = (call: string): boolean => call.endsWith(' down')
  assert.equal(calls.filter((call) => !isDown(call)).toSorted(), steps.flat().toSorted())
  const [down, asked] = [calls.indexOf('serve fixed down'), calls.findLastIndex((call) => call.startsWith('ask'))]
  assert.ok(down === -1 || down > asked, calls.join('; '))
  let before = -1
  for (const step of steps) {
    const places = step.map((call) => calls.indexOf(call))
    assert.ok(Math.min(...places) > before, `${step.join(', ')} in ${calls.join('; ')}`)
    before = Math.max(...places)
  }
}

test('wireit: files in and out give the order, and a server is there for as long as the tests', () =>
  ran('wireit', {}, ({ code, outcomes, calls }) => {
    assert.is(code, 0)
    assert.equal(outcomes, allOf('compile styles bundle server test'))
    inOrder(
      calls,
      ['tsc --build LEVEL=quiet', 'sass src lib.css LEVEL=quiet'],
      ['rollup --config LEVEL=quiet'],
      ['serve free up'],
      ['ask hello'],
    )
  }))

test('Taskfile: vars, a task for each of a list, and one for releases only', async () => {
  await ran('taskfile', {}, ({ code, outcomes, calls }) => {
    assert.is(code, 0)
    assert.equal(outcomes, { ...allOf('generate build done'), sign: 'skipped' })
    inOrder(
      calls,
      ['go generate ./... LEVEL=dev'],
      ['go build -o bin/linux LEVEL=dev STAGE=linux', 'go build -o bin/darwin LEVEL=dev STAGE=darwin'],
      ['notify built LEVEL=dev'],
    )
  })
  await ran('taskfile', { set: { version: 'v1.2', targets: ['plan9'] } }, ({ outcomes, calls }) => {
    assert.equal(outcomes, allOf('generate build sign done'))
    inOrder(
      calls,
      ['go generate ./... LEVEL=v1.2'],
      ['go build -o bin/plan9 LEVEL=v1.2 STAGE=plan9'],
      ['cosign v1.2 LEVEL=v1.2'],
      ['notify built LEVEL=v1.2'],
    )
  })
})

test('docker-bake: a matrix of targets, pushed only to a registry', async () => {
  const built = (registry: string, tag: string): readonly string[] =>
    ['lint app', 'release app', 'release db'].map((words) => {
      const [target, name] = words.split(' ')
      return `docker build --target ${target} --tag ${registry}/${name}:${tag}`
    })
  await ran('docker-bake', {}, ({ code, outcomes, calls }) => {
    assert.is(code, 0)
    assert.equal(outcomes, { images: 'succeeded', push: 'skipped' })
    inOrder(calls, built('local', 'latest'))
  })
  await ran('docker-bake', { set: { registry: 'hub', tag: '7' } }, ({ outcomes, calls }) => {
    assert.equal(outcomes, allOf('images push'))
    inOrder(calls, built('hub', '7'), ['docker push hub/app:7', 'docker push hub/db:7'])
  })
})

test('GitHub: a matrix that goes on after a failure, a report of all of it, and no release', () =>
  ran('github-matrix', {}, async ({ code, outcomes, calls, folder }) => {
    assert.is(code, 1)
    assert.equal(outcomes, { ...allOf('checkout test report'), publish: 'skipped' })
    inOrder(calls, ['checkout '], ['npm test LEVEL=20 STAGE=linux', 'npm test LEVEL=22 STAGE=linux', 'npm test LEVEL=99 STAGE=mac'])
    assert.is(await readFile(join(folder, 'report.txt'), 'utf8'), 'succeeded, succeeded, failed')
  }))

const branches: readonly (readonly [choice: string, outcomes: object, loads: readonly (readonly string[])[]])[] = [
  ['full', { full: 'succeeded', delta: 'skipped', clean: 'skipped' }, [['load everything']]],
  ['incremental', { full: 'skipped', delta: 'succeeded', clean: 'succeeded' }, [['load changes'], ['load clean']]],
]
for (const [choice, outcomes, loads] of branches)
  test(`Airflow: a branch goes ${choice}, and joins`, () =>
    ran('airflow-branch', { choice }, (done) => {
      assert.is(done.code, 0)
      assert.equal(done.outcomes, { ...allOf('which join'), ...outcomes })
      inOrder(done.calls, ['choose '], ...loads, ['publish '])
    }))

test('Makefile: a rule for each object, then the program; what it made on the way is removed', () =>
  ran('makefile', { files: ['main.c', 'util.c'] }, async ({ code, outcomes, calls, folder }) => {
    assert.is(code, 0)
    assert.equal(outcomes, allOf('objects app check clean'))
    inOrder(calls, ['cc -c main.c -o main.o', 'cc -c util.c -o util.o'], ['cc main.o util.o -o app'], ['check app'])
    assert.is(await readFile(join(folder, 'app'), 'utf8'), 'made\n')
  }))

test('Makefile: without a source nothing is linked, and what was made is removed all the same', () =>
  ran('makefile', { files: ['main.c'] }, ({ code, outcomes }) => {
    assert.is(code, 1)
    assert.equal(outcomes, { objects: 'failed', app: 'skipped', check: 'skipped', clean: 'failed' })
  }))

test('dbt: what stands behind a failed test is not built, the rest is', () =>
  ran('dbt', {}, ({ code, outcomes, calls }) => {
    assert.is(code, 1)
    assert.equal(outcomes, {
      ...allOf('staging revenue churn mail'),
      'revenue tests': 'failed',
      'churn tests': 'succeeded',
      board: 'skipped',
    })
    assert.ok(calls.indexOf('dbt run stg_orders') < calls.indexOf('dbt run revenue'))
    assert.not(calls.includes('dbt run board'))
  }))

test('turbo: packages below first, with the same variables for all', () =>
  ran('turbo', {}, ({ code, outcomes, calls }) => {
    assert.is(code, 0)
    assert.equal(outcomes, allOf('web#build ui#build utils#build lint web#deploy'))
    const builds = calls.filter((call) => call.includes(' build ') || call.includes(' deploy '))
    inOrder(
      builds,
      ['pnpm build utils LEVEL=production'],
      ['pnpm build ui LEVEL=production'],
      ['pnpm build web LEVEL=production'],
      ['pnpm deploy web LEVEL=production STAGE=live'],
    )
  }))

test('compose: each starts when what it needs is healthy, and ends when nothing needs it', async () => {
  const dbPort = await freePort()
  await ran('compose', { set: { dbPort } }, ({ code, outcomes, calls }) => {
    assert.is(code, 0)
    assert.equal(outcomes, allOf('db migrate api e2e dump'))
    inOrder(calls, ['serve fixed up'], ['migrate up'], ['serve free up'], ['ask hello'], ['ask hello for dump'])
  })
})

test('GitLab: rules decide by the branch, alarms by a failure, and tidying up comes in any case', async () => {
  await ran('gitlab', {}, ({ code, outcomes, calls }) => {
    assert.is(code, 0)
    assert.equal(outcomes, { ...allOf('build unit tidy'), deploy: 'skipped', alarm: 'skipped' })
    inOrder(calls, ['build '], ['test unit'], ['tidy '])
  })
  await ran('gitlab', { set: { branch: 'main' } }, ({ outcomes, calls }) => {
    assert.equal(outcomes, { ...allOf('build unit deploy tidy'), alarm: 'skipped' })
    inOrder(calls, ['build '], ['test unit'], ['deploy main'], ['tidy '])
  })
  await ran('gitlab', { set: { branch: 'main' }, choice: 'broken' }, ({ code, outcomes, calls }) => {
    assert.is(code, 1)
    assert.equal(outcomes, { ...allOf('build alarm tidy'), unit: 'failed', deploy: 'skipped' })
    inOrder(calls, ['build '], ['test unit'], ['notify failed', 'tidy '])
  })
})

test('Playwright: a server with an address for the length of all shards', async () => {
  const port = await freePort()
  await ran('playwright', { set: { port } }, ({ code, outcomes, calls }) => {
    assert.is(code, 0)
    assert.equal(outcomes, allOf('web shard merge'))
    inOrder(
      calls,
      ['serve fixed up'],
      ['playwright test --shard=1/3', 'playwright test --shard=2/3', 'playwright test --shard=3/3'],
      ['playwright merge'],
    )
  })
})

test('Ansible: hosts two at a time, and a handler only if something changed', async () => {
  const hosts = ['web1', 'web2', 'web3', 'db1']
  const on = (what: string): readonly string[] => hosts.map((host) => `remote ${host} ${what}`)
  await ran('ansible', { choice: 'changed' }, ({ code, outcomes, calls }) => {
    assert.is(code, 0)
    assert.equal(outcomes, allOf('package config restart verify'))
    inOrder(calls, on('install'), ['choose '], on('restart'), ['remote all ping'])
  })
  await ran('ansible', { choice: 'same' }, ({ code, outcomes, calls }) => {
    assert.is(code, 0)
    assert.equal(outcomes, { ...allOf('package config verify'), restart: 'skipped' })
    inOrder(calls, on('install'), ['choose '], ['remote all ping'])
  })
})

test.run()
