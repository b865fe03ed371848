import { publicTool, type McpTool } from './mcp/publicTool.js'
import { batchCancel } from './mcp/tools/batchCancel.js'
import { batchExecute } from './mcp/tools/batchExecute.js'
import { batchPerformance } from './mcp/tools/batchPerformance.js'
import { batchRead } from './mcp/tools/batchRead.js'
import { batchStatus } from './mcp/tools/batchStatus.js'
import { projectInitBatch } from './mcp/tools/projectInitBatch.js'

export type { ToolAnswer } from './mcp/answers/toolAnswer.js'
export type { ServedCall } from './mcp/call.js'
export type { CallProgress } from './mcp/call.js'
export type { ClientQuestion } from './mcp/call.js'
export type { ClientReply } from './mcp/call.js'
export { toolHost } from './mcp/host.js'
export type { Host } from './mcp/host.js'
export type { HostOptions } from './mcp/host.js'
export type { ServerLimits } from './mcp/limits.js'
export type { HandlerOptions } from './mcp/publicTool.js'
export type { McpTool } from './mcp/publicTool.js'
export type { ToolAnnotations } from './mcp/tool.js'

/**
 * `batch_execute` as a function: runs a plan, and answers as the MCP server does.
 *
 * Never rejects for a bad plan or a failed operation: both are answers.
 *
 * @example
 * ```ts
 * import { batchExecuteTool } from 'millrace/mcp'
 * const { structuredContent } = await batchExecuteTool.handler({ operations: [] })
 * structuredContent.status // => 'succeeded'
 * ```
 * @since 0.1.0
 */
export const batchExecuteTool: McpTool = publicTool(batchExecute)

/**
 * `batch_read` as a function: runs a plan of operations that only read, and refuses any other.
 *
 * @example
 * ```ts
 * import { batchReadTool } from 'millrace/mcp'
 * const write = { type: 'file', operation: 'write', params: { path: 'a.txt', content: '' } }
 * const { isError } = await batchReadTool.handler({ operations: [write] })
 * isError // => true
 * ```
 * @since 0.1.0
 */
export const batchReadTool: McpTool = publicTool(batchRead)

/**
 * `batch_status` as a function: waits for a batch, pages through a value, or describes operation types.
 *
 * @example
 * ```ts
 * import { batchStatusTool } from 'millrace/mcp'
 * const { content } = await batchStatusTool.handler({ describe: ['file.*'] })
 * content[0]?.text.includes('file.stat{path}') // => true
 * ```
 * @since 0.1.0
 */
export const batchStatusTool: McpTool = publicTool(batchStatus)

/**
 * `batch_cancel` as a function: stops a batch that was left running.
 *
 * @example
 * ```ts
 * import { batchCancelTool } from 'millrace/mcp'
 * const { isError } = await batchCancelTool.handler({ batchId: 'b-none' })
 * isError // => true
 * ```
 * @since 0.1.0
 */
export const batchCancelTool: McpTool = publicTool(batchCancel)

/**
 * `project_init_batch` as a function: makes a new project's folders and files.
 *
 * @example
 * ```ts
 * import { projectInitBatchTool } from 'millrace/mcp'
 * const { isError } = await projectInitBatchTool.handler({ projectName: 'app', dryRun: true })
 * isError // => undefined
 * ```
 * @since 0.1.0
 */
export const projectInitBatchTool: McpTool = publicTool(projectInitBatch)

/**
 * `batch_performance` as a function: what the batches of a root came to, as measured.
 *
 * @example
 * ```ts
 * import { batchPerformanceTool } from 'millrace/mcp'
 * const { isError } = await batchPerformanceTool.handler({ action: 'summary' })
 * isError // => undefined
 * ```
 * @since 0.1.0
 */
export const batchPerformanceTool: McpTool = publicTool(batchPerformance)
