import { Command } from 'commander'
import type { McpFlags } from './mcp.js'
import { collectValues, whole } from '../flags/flagValues.js'
import { ownVersion } from '../flags/ownVersion.js'

/** `millrace mcp`, as it is written. */
export function mcpCommand(finish: (code: number) => void): Command {
  return new Command('mcp')
    .description('serve the tools to a coding agent over MCP')
    .option(
      '--root <dir>',
      'folder that plans can reach; repeatable (default: what the client or CLAUDE_PROJECT_DIR names, else this folder)',
      collectValues,
    )
    .option('--allow-program <name>', 'let plans run this program; repeatable (default: none)', collectValues)
    .option(
      '--allow-address <host:port>',
      'let plans send requests to this private address, such as localhost:3000; repeatable',
      collectValues,
    )
    .option('--max-answer-tokens <n>', 'longest answer, in tokens (default: 16000)', whole(100, 1_000_000))
    .option('--allow-env <name>', 'let plans set and read this variable; repeatable (default: none)', collectValues)
    .option(
      '--confirm <rule>',
      'ask the user before these operations: shell.run, "file.delete:src/**", "agent.*"; repeatable (default: none)',
      collectValues,
    )
    .option('--config <file>', 'JSON file with agents, mcpServers (servers with tools for plans) and confirm')
    .option('--http <port>', 'instead of stdio, serve over HTTP on this port of 127.0.0.1 (0: any free port)', whole(0, 65_535))
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .addHelpText(
      'after',
      `
In the configuration of a client:
  {"mcpServers": {"millrace": {"command": "npx", "args": ["-y", "millrace", "mcp", "--root", "."]}}}

These flags decide what plans can reach; nothing that a client sends can extend it. Over HTTP a client must send
"Authorization: Bearer TOKEN". The token is MILLRACE_TOKEN from the environment, or else the one shown on stderr.`,
    )
    .action(async (flags: McpFlags) => {
      const { mcp } = await import('./mcp.js')
      finish(await mcp(flags, ownVersion()))
    })
}
