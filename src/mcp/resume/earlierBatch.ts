// mcp/resume: batches that go on with an earlier one: which that is, what is taken over from it, and what is left.
import * as E from 'fp-ts/lib/Either.js'
import type { ResumeChoices } from '../../journal/resume/resumeChoices.js'
import type { ResumeKind } from '../../journal/resume/resumeFault.js'
import type { PlainObject } from '../../model/codec/plainObject.js'
import { quoteText } from '../../model/fault/quote.js'
import { isBatchId } from '../batches/batchId.js'
import type { Returns, ServedBatch } from '../batches/batch.js'
import type { Refused } from '../refused.js'

/** The batch that a call goes on with, and how. */
export interface EarlierBatch {
  readonly kind: ResumeKind
  readonly batchId: string
  readonly choices: ResumeChoices
  /** Its plan, which goes on where the call brings none; undefined when this server never had it. */
  readonly plan: PlainObject | undefined
  readonly returns: Returns
}

/** What a call says of an earlier batch. */
export interface ResumeFields extends ResumeChoices {
  readonly resume?: string
  readonly retry?: string
}

type Find = (id: string) => ServedBatch | undefined

/** Which batch a call goes on with; undefined for one that starts afresh. A `Left` is what is wrong with how it says so. */
export function earlierBatch({ resume, retry, rerun, done, from }: ResumeFields, find: Find): E.Either<Refused, EarlierBatch | undefined> {
  const batchId = resume ?? retry
  if (batchId === undefined) {
    const astray = Object.entries({ rerun, done, from }).find(([, value]) => value !== undefined)?.[0]
    return astray === undefined ? E.right(undefined) : E.left(refusal(astray, 'invalid-value', withoutBatch(astray)))
  }
  if (resume !== undefined && retry !== undefined) return E.left(refusal('retry', 'both-names', both))
  // The id becomes a part of a path: nothing but an id of our own making may.
  if (!isBatchId(batchId)) return E.left(refusal(resume === undefined ? 'retry' : 'resume', 'unknown-batch', unknownBatch(batchId)))
  const batch = find(batchId)
  return E.right({
    kind: resume === undefined ? 'retry' : 'resume',
    batchId,
    choices: { ...(rerun !== undefined && { rerun }), ...(done !== undefined && { done }), ...(from !== undefined && { from }) },
    plan: batch?.plan,
    returns: batch?.returns,
  })
}

function refusal(at: string, type: string, message: string): Refused {
  return { at, type, message: `${at}: ${message}` }
}

const both = 'a call can continue only one batch: "resume" runs what was interrupted, "retry" also what failed.\nUse one of the two.'

function withoutBatch(field: string): string {
  return `it is for a call that continues an earlier batch, and this one names none.\nAdd "resume" or "retry" with its id, or leave ${quoteText(field)} out.`
}

function unknownBatch(id: string): string {
  return `${quoteText(id)} is not the id of a batch.\nUse the batchId that batch_execute answered with.`
}
