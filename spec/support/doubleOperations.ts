import { closed } from '../../src/model/codec/closed.js'
import { record, array } from '../../src/model/codec/collections.js'
import { anyJson, text, integer } from '../../src/model/codec/values.js'
import { notYetKnown, type Touch } from '../../src/model/effects.js'
import { operationRegistry, type AnyOperationType, type OperationType } from '../../src/model/operationType.js'

const path = text({ minLength: 1 })

const touch = (given: string | typeof notYetKnown): Touch =>
  given === notYetKnown ? { resource: 'file:', orderOnly: true } : { resource: `file:${given}` }

const readParams = closed('params', { path }, {})
const readResult = closed('a result', { path, content: text(), lines: array(text()) }, { bytes: integer() })

/** Touches the file at `path` and gives it back, as `file.read` would. */
export const read: OperationType<
  { readonly path: string },
  { readonly path: string; readonly content: string; readonly lines: readonly string[] }
> = {
  type: 'file',
  operation: 'read',
  summary: 'Reads a file.',
  params: readParams,
  result: readResult,
  effects: (params) => ({ reads: [touch(params.path)] }),
  perform: (params) => ({ path: params.path, content: 'one\ntwo', lines: ['one', 'two'] }),
}

interface WriteParams {
  readonly path: string
  readonly content: string
  readonly tries?: number
}

/** Gives back what it was given. */
export const write: OperationType<WriteParams, { readonly path: string; readonly bytes: number }> = {
  type: 'file',
  operation: 'write',
  summary: 'Writes a file.',
  params: closed('params', { path, content: text() }, { tries: integer({ minimum: 1 }) }),
  result: closed('a result', { path, bytes: integer() }, {}),
  effects: (params) => ({ writes: [touch(params.path)] }),
  perform: (params) => ({ path: params.path, bytes: params.content.length }),
}

interface RunParams {
  readonly command: readonly string[]
  readonly cwd?: string
  readonly env?: { readonly [name: string]: string }
  readonly reads?: readonly string[]
  readonly writes?: readonly string[]
}

const touches = (paths: readonly string[] | typeof notYetKnown | undefined): readonly Touch[] =>
  paths === undefined ? [] : paths === notYetKnown ? [touch(paths)] : paths.map(touch)

/** A program that works in `cwd`. */
export const run: OperationType<RunParams, { readonly exitCode: number; readonly stdout: string }> = {
  type: 'shell',
  operation: 'run',
  summary: 'Runs a program.',
  params: closed(
    'params',
    { command: array(text(), { minItems: 1 }) },
    { cwd: path, env: record(text()), reads: array(path), writes: array(path) },
  ),
  result: closed('a result', { exitCode: integer(), stdout: text() }, {}),
  effects: (params) => ({ follows: [touch(params.cwd ?? '')], reads: touches(params.reads), writes: touches(params.writes) }),
  perform: (params) => ({ exitCode: 0, stdout: params.command.join(' ') }),
}

/** Touches nothing; takes and gives whatever there is. */
export const echo: OperationType<{ readonly value?: unknown }, unknown> = {
  type: 'test',
  operation: 'echo',
  summary: 'Gives back its value.',
  params: closed('params', {}, { value: anyJson }),
  result: anyJson,
  effects: () => ({}),
  perform: (params) => params.value,
}

const serving: AnyOperationType = { ...echo, params: closed('params', {}, { value: anyJson, ready: anyJson }) }

export const doubleOperations = operationRegistry([read, write, run, { ...echo, service: serving }])
