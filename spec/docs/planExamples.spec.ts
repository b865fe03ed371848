import { readdirSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { compilePlan } from '../../src/graph/compilePlan.js'
import { describeFault } from '../../src/model/fault/describeFault.js'
import type { PlanFault } from '../../src/model/fault/fault.js'
import { standardOperations } from '../../src/node.js'

const test = suite('the plans on the pages')

const operations = standardOperations({ root: process.cwd() })
const planFields = ['operations', 'defaults', 'pools', 'inputs', 'onFailure']

/** A block as a plan: one that has fields of a plan, or a list of operations; undefined where it is something else. */
function planIn(block: string): unknown {
  // Lines of JSON are no plan.
  if (/^\{.*\}\n\{/.test(block)) return undefined
  const value = parse(block) as unknown
  if (Array.isArray(value)) return value.every((item) => typeof item === 'object' && item !== null && 'type' in item) ? value : undefined
  return typeof value === 'object' && value !== null && planFields.some((field) => field in value)
    ? { operations: [], ...value }
    : undefined
}

/** A page may show a part of a plan, and tools of servers that only its reader has. */
const isOfThePart = (fault: PlanFault): boolean =>
  fault.type === 'unknown-id' || (fault.type === 'unknown-operation-type' && fault.name.startsWith('tool.'))

let plans = 0
const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' }).flatMap((path) =>
  path.endsWith('.md') && !path.startsWith('api') ? [`docs/${path}`] : [],
)
for (const path of ['README.md', ...pages]) {
  const blocks = [...readFileSync(path, 'utf8').matchAll(/^```(?:yaml|json)\n([^]*?)^```$/gm)].map(([, block]) => block!)
  for (const [index, block] of blocks.entries()) {
    const plan = planIn(block)
    if (plan === undefined) continue
    plans += 1
    test(`${path}, block ${index + 1}`, () => {
      const compiled = compilePlan(plan, operations)
      const faults = compiled._tag === 'Left' ? compiled.left.filter((fault) => !isOfThePart(fault)).map(describeFault) : []
      assert.equal(faults, [])
    })
  }
}

test('are found', () => assert.ok(plans >= 30, String(plans)))

test.run()
