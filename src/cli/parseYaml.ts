import * as E from 'fp-ts/lib/Either.js'
import { parseDocument } from 'yaml'
import type { PlanFault } from '../model/fault.js'
import { notReadableAt } from './locateFaults.js'
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
      uniqueKeys: true,
    })
    const problems = [...document.errors, ...document.warnings]
    if (problems.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) return E.left([tooDeep(source)])
    if (problems.length === 0) return E.right(document.toJS({ maxAliasCount: mostAliases }) as unknown)
    return E.left(
      problems.slice(0, mostProblems).map(({ code, message, pos }) => notReadableAt(source, pos[0], wordings[code] ?? sentence(message))),
    )
  } catch (error) {
    if (error instanceof RangeError) return E.left([tooDeep(source)])
    if (error instanceof ReferenceError) return E.left([notReadableAt(source, 0, `its aliases expand more than ${mostAliases} times.`)])
    throw error
  }
}

/** Where the parser speaks to programmers. */
const wordings: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'a second document begins here. A plan is one document.',
}

function tooDeep(source: PlanSource): PlanFault {
  return notReadableAt(source, 0, 'it is nested too deeply.')
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}
