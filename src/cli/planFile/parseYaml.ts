import * as E from 'fp-ts/lib/Either.js'
import { parseDocument, type Document, type YAMLError } from 'yaml'
import type { PlanFault } from '../../model/fault/fault.js'
import { bracesAt, slips, type YamlProblem } from './yamlSlips.js'
import { notReadableAt, notReadableAtEach } from './locateFaults.js'
import type { PlanSource } from './planSource.js'

/** How often the aliases of a plan may expand: enough for plans that share settings, too few to fill the memory. */
const mostAliases = 1_000

/** One slip can make many errors in what follows; after this many the first ones have said it. */
const mostProblems = 20

/** The data a YAML text stands for: exactly what JSON could hold. */
export function parseYaml(source: PlanSource): E.Either<readonly PlanFault[], unknown> {
  try {
    const document = parseDocument(source.text, {
      prettyErrors: false,
      // Tags would make dates, sets and bytes: unknown to it, they are warnings.
      resolveKnownTags: false,
      schema: 'core',
      stringKeys: true,
      // It compares each key with all others: slips() finds those given twice.
      uniqueKeys: false,
    })
    const errors = [...document.errors, ...document.warnings]
    if (errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) return E.left([tooDeep(source)])
    const problems = problemsOf(errors, document, source.text)
    if (problems.length === 0) return E.right(document.toJS({ maxAliasCount: mostAliases }) as unknown)
    return E.left(notReadableAtEach(source, problems.slice(0, mostProblems)))
  } catch (error) {
    if (error instanceof RangeError) return E.left([tooDeep(source)])
    // Aliases without an anchor were found before: it can only be that there are too many.
    if (error instanceof ReferenceError) return E.left([notReadableAt(source, 0, `its aliases expand more than ${mostAliases} times.`)])
    throw error
  }
}

/** What is wrong with a text, in its order. */
function problemsOf(errors: readonly YAMLError[], document: Document.Parsed, text: string): readonly YamlProblem[] {
  // Of one missing comma the parser tells twice; what it tells of the block is the one that can be put into words.
  const told = new Set(errors.flatMap(({ code, pos }) => (code === 'BLOCK_IN_FLOW' ? [pos[0]] : [])))
  const problems = errors
    .filter(({ code, pos }) => code !== 'MULTILINE_IMPLICIT_KEY' || !told.has(pos[0]))
    .map(({ code, message, pos }) => bracesAt(text, pos[0]) ?? { offset: pos[0], reason: wordings[code] ?? sentence(message) })
  const all = [...problems, ...slips(document)].sort((a, b) => a.offset - b.offset)
  // Braces that are not in quotes make several errors, all of one place.
  return all.filter(({ offset, reason }, at) => all[at - 1]?.offset !== offset || all[at - 1]?.reason !== reason)
}

/** Where the parser speaks to programmers. */
const wordings: Readonly<Record<string, string>> = {
  BLOCK_IN_FLOW: 'a comma is missing after this, or a bracket is not closed: what follows looks like another key.',
  BAD_ALIAS: 'outside quotes * begins an alias, which needs a name.\nIf it is text, put it in quotes: "*".',
  NON_STRING_KEY: 'an object or a list cannot be a key.\nIf it is text, put it in quotes.',
  MULTIPLE_DOCS: 'a second document begins here. A plan is one document.',
}

function tooDeep(source: PlanSource): PlanFault {
  return notReadableAt(source, 0, 'it is nested too deeply.')
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}
