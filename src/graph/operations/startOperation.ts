import type * as t from 'io-ts'
import { pathOf, problemOf } from '../../model/codec/problem.js'
import type { PlanPath } from '../../model/fault/fault.js'
import type { Results, CompiledOperation } from '../../model/graph.js'
import { operationName, type OperationType } from '../../model/operationType.js'
import { quoteText, quoteValue } from '../../model/fault/quote.js'
import { isSecretAt } from '../../model/secrets/secretPlaces.js'
import { eachSecretText } from '../../model/secrets/secretTexts.js'
import type { AttemptContext, Work } from '../../model/work.js'
import { positionsIn } from '../params/decodingFaults.js'
import { invalidParams } from '../params/invalidParams.js'
import { markerBehind } from '../params/markerBehind.js'
import type { ParamsTree } from '../params/paramsTree.js'
import type { GivenParams, CompiledPlanOperation } from './compiledOperation.js'
import { resolveParams } from '../params/resolveParams.js'
import { writtenTemplate } from '../params/template.js'

// One function for all operations, so that the engine's calls of it stay fast.
export function startOperation(operation: CompiledOperation, context: AttemptContext, results: Results): Work<unknown> {
  const { given, operationType, secret } = operation as CompiledPlanOperation // It is put into operations of a plan alone.
  if (given.type === 'unresolved') return operationType.perform(makeParams(operationType, given, context, results), context)
  if (secret) eachSecretText(given.params, (text) => results.conceal(text, 'operation'))
  return operationType.perform(given.params, context)
}

/** The parameters of one attempt. Throws its failure when they cannot be made, or do not fit. */
export function makeParams(
  operationType: OperationType,
  { tree, planSources }: Extract<GivenParams, { readonly type: 'unresolved' }>,
  { redact }: Pick<AttemptContext, 'redact'>,
  results: Results,
): unknown {
  const raw = resolveParams(tree, { ...planSources, results })
  eachSecretText(raw, (text) => results.conceal(text, 'operation'))
  const decoded = operationType.params.decode(raw)
  if (decoded._tag === 'Left') throw misfit(operationType, tree, raw, decoded.left[0]!, redact)
  return decoded.right
}

function misfit(
  operationType: OperationType,
  tree: ParamsTree,
  raw: unknown,
  error: t.ValidationError,
  redact: (text: string) => string,
): Error {
  const at = positionsIn(raw, pathOf(error))
  const marker = markerBehind(tree, at)
  const reference = marker && written(marker)
  const source = reference === undefined ? '' : `\nIt came from ${reference.shown}: refer to a value that fits.`
  return invalidParams(at, `${complaint(operationName(operationType), error, at, marker, redact)}${source}`, reference?.text)
}

function complaint(
  name: string,
  error: t.ValidationError,
  at: PlanPath,
  marker: ParamsTree | undefined,
  redact: (text: string) => string,
): string {
  const problem = problemOf(error)
  const hidden = marker?.type === 'secret' || isSecretAt(at)
  switch (problem?.type) {
    case undefined:
    case 'further-errors': {
      const received = hidden ? 'a value that is not shown' : quoteValue(error.value, redact)
      return `expected ${error.context.at(-1)!.type.name} for ${quoteText(name)}, received ${received}.`
    }
    case 'unknown-field':
      return `${quoteText(name)} takes no ${quoteText(problem.field)} here.`
    case 'missing-field':
      return `${quoteText(name)} needs ${quoteText(problem.field)} here.`
  }
}

function written(marker: ParamsTree): { readonly text: string; readonly shown: string } | undefined {
  switch (marker.type) {
    case 'refer':
      return { text: marker.pointer.text, shown: `the reference ${quoteText(marker.pointer.text)}` }
    case 'item':
      return { text: marker.text, shown: `the item, at ${quoteText(marker.text)}` }
    case 'template': {
      const text = writtenTemplate(marker.parts)
      return { text, shown: `the template ${quoteText(text)}` }
    }
    case 'secret':
      return { text: marker.name, shown: `the variable ${quoteText(marker.name)}` }
    case 'fixed':
    case 'literal':
    case 'fields':
    case 'items':
    case 'unusable':
      return undefined
  }
}
