import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Plan, PlanDefaults, PlanOperation, RetryPolicy, Undo } from '../../src/model/plan.js'
import { planJsonSchema } from '../../src/model/planSchema.js'

const test = suite('planJsonSchema')

interface ObjectSchema {
  readonly properties: {
    readonly [name: string]: {
      readonly description?: string
      readonly items?: ObjectSchema
      readonly anyOf?: readonly ObjectSchema[]
    } & Partial<ObjectSchema>
  }
  readonly required: readonly string[]
  readonly additionalProperties: boolean
}

// The shape that a codec of closed makes is checked below.
const schema = planJsonSchema() as unknown as ObjectSchema & { readonly $schema: string; readonly title: string }
const operation = schema.properties['operations']!.items!

test('is the one that was last agreed on', () => {
  const agreed: unknown = JSON.parse(readFileSync('spec/model/planSchema.expected.json', 'utf8'))
  assert.equal(schema, agreed)
})

test('says which draft it is written in', () => {
  assert.is(schema.$schema, 'https://json-schema.org/draft/2020-12/schema')
  assert.is(schema.title, 'millrace plan')
})

for (const [name, codec, part] of [
  ['a plan', Plan, schema],
  ['an operation', PlanOperation, operation],
  ['its defaults', PlanDefaults, schema.properties['defaults']!],
  ['a retry policy', RetryPolicy, operation.properties['retry']!.anyOf![1]!],
  ['an undo', Undo, operation.properties['undo']!],
] as const)
  test(`has every field of ${name} and no other`, () => {
    const fields = [...Object.keys(codec.required), ...Object.keys(codec.optional)]
    assert.equal(Object.keys(part.properties ?? {}), fields)
    assert.equal(part.required, Object.keys(codec.required))
    assert.is(part.additionalProperties, false)
  })

test('describes every field of a plan and of an operation', () => {
  const undescribed = [schema, operation].flatMap(({ properties }) =>
    Object.entries(properties).flatMap(([name, { description }]) => (/[.…]$/.test(description ?? '') ? [] : [name])),
  )
  assert.equal(undescribed, [])
})

test.run()
