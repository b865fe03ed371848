// Type-checks sources and specs at once. A type spec, spec/types/**/*.types.ts, is a check of its own: it passes by compiling.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { node } from './command.mjs'
import { filesUnder } from './transpile.mjs'

/** Answers `{ passed, failed, output }`: one for each type spec, and one for all the rest. */
export async function checkTypes(root) {
  const typeSpecs = (await filesUnder(join(root, 'spec/types')))
    .filter((path) => path.endsWith('.types.ts'))
    .map((path) => `spec/types/${path}`)
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  // What runs in a browser has its names, and not those of Node.
  const projects = [root, ...[join(root, 'src/report/page')].filter(existsSync)]
  const checked = []
  for (const project of projects) checked.push(await node([tsc, '--noEmit', '--pretty', 'false', '-p', project], { cwd: root }))
  const code = Math.max(...checked.map((one) => one.code))
  const output = checked.map((one) => one.output).join('')
  if (code === 0) return { passed: typeSpecs.length + 1, failed: 0 }
  const faulty = new Set(Array.from(output.matchAll(/^(.*?)\(\d+,\d+\): error /gm), ([, path]) => path.replaceAll('\\', '/')))
  const failedSpecs = typeSpecs.filter((path) => faulty.has(path)).length
  const restFailed = faulty.size > failedSpecs || faulty.size === 0 ? 1 : 0
  return { passed: typeSpecs.length - failedSpecs + (1 - restFailed), failed: failedSpecs + restFailed, output }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed, output = '' } = await checkTypes(process.cwd())
  if (output !== '') console.log(output)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}
