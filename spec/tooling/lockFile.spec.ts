import { readFile } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('lock file')

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const text = await readFile('package-lock.json', 'utf8')
const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, Locked>> } // npm's own format

test('names no registry and no place on a disk', () => {
  assert.equal(
    Object.entries(packages).filter(([path, { resolved }]) => resolved !== undefined || (path !== '' && !path.startsWith('node_modules/'))),
    [],
  )
  assert.not.match(text, /"(?:file:|\/|[A-Za-z]:\\)/)
})

// npm leaves out of the lock what a registry does not answer for, and then refuses it as incomplete on every fresh clone.
test('holds the optional packages of every platform', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {}).filter(
      (name) => !(`${path}/node_modules/${name}` in packages || `node_modules/${name}` in packages),
    ),
  )
  assert.equal(missing, [])
})

test.run()
