// mcp/tools: the tools, one a file.
import type { Tool } from '../tool.js'
import { batchCancel } from './batchCancel.js'
import { batchExecute } from './batchExecute.js'
import { batchPerformance } from './batchPerformance.js'
import { batchRead } from './batchRead.js'
import { batchStatus } from './batchStatus.js'
import { projectInitBatch } from './projectInitBatch.js'

/** Every tool of the server, in the order in which clients list them: it never changes, since clients' caches depend on it. */
export const tools: readonly Tool[] = [batchExecute, batchRead, batchStatus, batchCancel, projectInitBatch, batchPerformance]
