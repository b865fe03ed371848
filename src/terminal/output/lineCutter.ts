import type { OperationOutput } from '../../model/event.js'
import { visibleOutput } from '../text/visible.js'

type Stream = OperationOutput['stream']

/** The pieces that operations give out, put together to lines that may be shown. */
export interface LineCutter {
  /** The lines that this piece ends. */
  take(event: Pick<OperationOutput, 'id' | 'stream' | 'text'>): readonly string[]
  /** What an operation has begun and not ended; nothing is held of it afterwards. */
  rest(id: string): readonly string[]
}

/** A line that never ends is shown in parts of this length, so that it cannot fill the memory. */
const longestLine = 16_384

export function lineCutter(): LineCutter {
  const begun = new Map<string, { [S in Stream]: string }>()
  return {
    take({ id, stream, text }) {
      const of = begun.get(id) ?? { stdout: '', stderr: '' }
      const lines = (of[stream] + text).split(/\r?\n/)
      const last = lines.pop()!
      const full = last.length > longestLine
      of[stream] = full ? '' : last
      begun.set(id, of)
      return (full ? [...lines, last] : lines).map(shown)
    },
    rest(id) {
      const of = begun.get(id)
      begun.delete(id)
      return of === undefined ? [] : [of.stdout, of.stderr].filter((line) => line !== '').map(shown)
    },
  }
}

// Of a line that a program rewrote with carriage returns, what stands last is what a terminal would show.
function shown(line: string): string {
  return visibleOutput(line.slice(line.lastIndexOf('\r', line.length - 2) + 1).replace(/\r$/, ''))
}
