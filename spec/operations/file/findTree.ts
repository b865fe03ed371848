import { attemptContext } from '../../support/attemptContext.js'
import { tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

export const root = tempTree({
  'a.ts': 'one\nTwo two\r\nthree\n',
  'b/c.ts': 'two\n',
  'b/d.js': 'x two',
  'b-b/e.ts': '',
  '.hidden/f.ts': 'two',
  'app/(group)/[id].ts': '',
  'bytes.bin': Buffer.from([116, 119, 111, 0]),
  link: { link: 'b' },
})
export const bench = fileBench(root)
export const notFound = (path: string) => ({
  type: 'not-found',
  message: `${path}: there is nothing at this path.`,
  retryable: false,
  what: path,
})
export const aborted = { type: 'thrown', message: 'AbortError: This operation was aborted', retryable: true }
export const abortedContext = () => attemptContext({ signal: AbortSignal.abort() })
