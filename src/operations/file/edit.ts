import { closeSync, constants, openSync, writeSync } from 'node:fs'
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { oneOf } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { body } from '../body.js'
import { withTarget } from './confine/pathTarget.js'
import { keepsChanging } from './confine/refusals.js'
import type { PathTarget } from './confine/findTarget.js'
import type { Roots } from './confine/roots.js'
import { touchesAt } from './confine/touches.js'
import { decodedText } from './find/readFile.js'
import { amount, inPlace, path, resultPath } from './params.js'
import { applyEdits, Edit, type EditedText } from './write/applyEdits.js'
import { lockTargets } from './write/lockTarget.js'
import { ChangedMeanwhile } from './write/replacing.js'
import { seeFile } from './write/seenFile.js'
import { writeWhole } from './write/writeWhole.js'

const mostBytes = 64 * 1024 * 1024
/** So often somebody else may change the file between the read and the rename. */
const mostTries = 20

const Params = closed('the params of file.edit', { path, edits: described(array(Edit, { minItems: 1 }), 'Applied in order.') }, {})

const Result = closed(
  'the result of file.edit',
  {
    path: resultPath,
    replacements: described(amount, 'How many occurrences were replaced.'),
    bytes: described(amount, 'The size of the file now.'),
  },
  {
    lineEnds: described(
      oneOf('crlf', 'mixed'),
      'Absent if lines end in LF. crlf: line ends of find and replace were read as CRLF; mixed: the file has both kinds, and find and replace were used unchanged.',
    ),
    inPlace,
  },
)
type EditResult = t.TypeOf<typeof Result>

/** `file.edit`: exact replacements in a text file, all or none. */
export function edit(space: Roots): OperationType<t.TypeOf<typeof Params>, EditResult> {
  return {
    type: 'file',
    operation: 'edit',
    summary: 'Replaces exact text in a file; fails if it is absent or ambiguous.',
    params: Params,
    result: Result,
    undoes: true,
    effects: (params) => {
      const { place, links } = touchesAt(space, params.path, true)
      return { reads: [place, ...links], writes: [place] }
    },
    perform: ({ path, edits }, context) =>
      body(() =>
        withTarget(space, path, { links: 'all', purpose: 'change', signal: context.signal }, (target) =>
          lockTargets([target], context.signal, () => editAt(space, context, target, edits)),
        ),
      ),
  }
}

/** Reads, edits and replaces; when others changed the file in between, all of it again on what they made of it. */
async function editAt(space: Roots, context: AttemptContext, target: PathTarget, edits: readonly Edit[]): Promise<EditResult> {
  /** What others wrote into the file that was just replaced. */
  let ofOthers: Buffer | undefined
  let result: EditResult | undefined
  for (let tries = 0; tries < mostTries; tries++) {
    const seen = await seeFile(target, mostBytes, context.signal)
    try {
      const { lastLook } = seen
      let edited: EditedText
      try {
        edited = applyEdits(decodedText(ofOthers ?? seen.bytes, target.label), edits, target.label, context.redact)
      } catch (error) {
        // What they wrote is no longer what can be edited: it comes back, and the edit fails.
        if (ofOthers !== undefined) await writeWhole(space, context, target, ofOthers, { lastLook })
        throw error
      }
      const bytes = Buffer.from(edited.content)
      const written = await writeWhole(space, context, target, bytes, { lastLook })
      result = resultOf(target, edited, bytes, written.inPlace)
      // Written in place, the file that was read is the one that was written.
      ofOthers = written.inPlace ? undefined : await seen.bytesOfOthers()
      if (ofOthers === undefined) return result
      if (ofOthers.subarray(0, seen.bytes.length).equals(seen.bytes)) {
        appendAll(target, ofOthers.subarray(seen.bytes.length))
        return result
      }
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error
      // The edit is in the file, and somebody has gone on from there: that is newer than what came to the old one.
      if (result !== undefined) return result
    } finally {
      seen.close()
    }
  }
  throw keepsChanging(target.label, mostTries)
}

/** Adds what others added to the file that was replaced: at its end, wherever that is by now. */
function appendAll(target: PathTarget, bytes: Uint8Array): void {
  const handle = openSync(target.folder.at(target.name), constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW)
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(handle, bytes, done)
  } finally {
    closeSync(handle)
  }
}

function resultOf({ label }: PathTarget, { replacements, lineEnds }: EditedText, bytes: Buffer, inPlace: true | undefined): EditResult {
  return {
    path: label,
    replacements,
    bytes: bytes.length,
    ...((lineEnds === 'crlf' || lineEnds === 'mixed') && { lineEnds }),
    ...(inPlace && { inPlace }),
  }
}
