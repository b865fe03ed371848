import { isPlainObject } from '../../model/codec/plainObject.js'
import type { ProjectRequest } from './projectRequest.js'

// `.mjs` is a module whatever package.json says.
const source = `/** Says hello to someone. */
export function greet(name) {
  return \`Hello, \${name}!\`
}
`

const test = `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { greet } from '../src/index.mjs'

test('greets by name', () => {
  assert.equal(greet('Ada'), 'Hello, Ada!')
})
`

/** A first function and its test, so that `npm test` has something to run; nothing where the caller brings code or a test command. */
export function starter({ fileStructure = {}, packageJson = {} }: ProjectRequest): readonly (readonly [string, string])[] {
  const brings = Object.entries(fileStructure).some(([path, content]) => content !== null && /^(\.\/)?(src|tests)\//.test(path))
  const { scripts } = packageJson
  const tests = isPlainObject(scripts) && Object.hasOwn(scripts, 'test')
  return brings || tests
    ? []
    : [
        ['src/index.mjs', source],
        ['tests/index.test.mjs', test],
      ]
}
