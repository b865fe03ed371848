import type { OperationOutput } from '../../model/event.js'
import type { ProgramOutput } from '../../model/operationError.js'
import { noText, shownText, withText, type BoundedText, type TextRoom } from './keptText.js'
import type { PicturedOperation, PicturedOutput, RunPicture } from './picture.js'

/** How much of what operations gave out a picture keeps: characters a stream, and bytes in all. */
export interface OutputRoom extends TextRoom {
  readonly total: number
}

/** 6 kB of the 8 kB that an operation may take: its error has the rest. */
export const usualRoom: OutputRoom = { head: 1_000, tail: 2_000, total: 4_000_000 }

/** Of a page that is sent while the run goes on: whoever falls behind is sent it anew. */
export const liveRoom: OutputRoom = { head: 500, tail: 1_000, total: 500_000 }

/** Everything that was logged. */
export const wholeRoom: OutputRoom = { head: Infinity, tail: Infinity, total: Infinity }

interface Streams {
  stdout: BoundedText
  stderr: BoundedText
}

/** What the operations of a run give out, until it is written into its picture. */
export interface OutputKeeper {
  add(operation: PicturedOperation, event: OperationOutput): void
  /** What its last attempt had given out: for one of which no output was told. */
  ofError(operation: PicturedOperation, output: Partial<ProgramOutput>): void
  write(picture: RunPicture): void
}

export function outputKeeper(room: OutputRoom): OutputKeeper {
  const kept = new Map<PicturedOperation, Streams>()
  return {
    add(operation, { stream, text }) {
      const streams = kept.get(operation) ?? textsOf(operation.output)
      streams[stream] = withText(streams[stream], text, room)
      kept.set(operation, streams)
    },
    ofError(operation, { stdout = '', stderr = '' }) {
      if (kept.has(operation) || stdout + stderr === '') return
      kept.set(operation, { stdout: withText(noText, stdout, room), stderr: withText(noText, stderr, room) })
    },
    write(picture) {
      let left = room.total
      picture.leftOut.operations = 0
      picture.leftOut.bytes = 0
      // What failed is what somebody will look for.
      const inOrder = [...kept].sort(([a], [b]) => Number(b.state === 'failed') - Number(a.state === 'failed'))
      for (const [operation, { stdout, stderr }] of inOrder) {
        const [out, err] = [shownText(stdout, room), shownText(stderr, room)]
        const size = out.text.length + err.text.length
        left -= size
        operation.output = left < 0 ? undefined : { stdout: out.text, stderr: err.text, omitted: out.omitted + err.omitted }
        const omitted = left < 0 ? stdout.bytes + stderr.bytes : out.omitted + err.omitted
        if (omitted > 0) picture.leftOut.operations++
        picture.leftOut.bytes += omitted
      }
    },
  }
}

// A picture to go on with has what was given out before as text.
function textsOf(output: PicturedOutput | undefined): Streams {
  return { stdout: withText(noText, output?.stdout ?? '', wholeRoom), stderr: withText(noText, output?.stderr ?? '', wholeRoom) }
}
