// The coding agents that are tried: where each comes from, how it is told of millrace and of its model, and how it is started.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const prompt = 'Run the batch.'

/**
 * Each gets a home folder of its own, so that nothing of the person who runs this is read or written. `prepare` writes its settings and
 * gives what is started.
 */
export const agents = [
  {
    name: 'Claude Code',
    package: '@anthropic-ai/claude-code',
    bin: 'claude',
    async prepare({ home, server, url }) {
      const config = join(home, 'mcp.json')
      await writeFile(config, JSON.stringify({ mcpServers: { millrace: server } }))
      const tool = 'mcp__millrace__batch_execute'
      return {
        args: ['-p', prompt, '--mcp-config', config, '--strict-mcp-config', '--allowedTools', tool, '--output-format', 'json'],
        env: {
          CLAUDE_CONFIG_DIR: join(home, '.claude'),
          ANTHROPIC_BASE_URL: url,
          ANTHROPIC_API_KEY: 'stand-in',
          CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        },
      }
    },
  },
  codex('Codex', []),
  codex('Codex in code mode', ['--enable', 'code_mode', '--enable', 'code_mode_only'], true),
  {
    name: 'Gemini CLI',
    package: '@google/gemini-cli',
    bin: 'gemini',
    async prepare({ home, server, url }) {
      const settings = {
        mcpServers: { millrace: { ...server, trust: true } },
        security: { auth: { selectedType: 'gemini-api-key' } },
        privacy: { usageStatisticsEnabled: false },
        general: { enableAutoUpdate: false },
      }
      await mkdir(join(home, '.gemini'), { recursive: true })
      await writeFile(join(home, '.gemini/settings.json'), JSON.stringify(settings))
      return {
        args: ['-m', 'gemini-2.5-pro', '--skip-trust', '-p', prompt, '--output-format', 'json'],
        env: { GEMINI_API_KEY: 'stand-in', GOOGLE_GEMINI_BASE_URL: url },
      }
    },
  },
]

function codex(name, flags, codeMode = false) {
  return {
    name,
    package: '@openai/codex',
    bin: 'codex',
    codeMode,
    async prepare({ home, server, url }) {
      const quoted = (value) => JSON.stringify(value)
      const lines = [
        'model_provider = "stand-in"',
        'approval_policy = "never"',
        '[model_providers.stand-in]',
        'name = "stand-in"',
        `base_url = ${quoted(`${url}/v1`)}`,
        'wire_api = "responses"',
        'env_key = "STAND_IN_KEY"',
        '[mcp_servers.millrace]',
        `command = ${quoted(server.command)}`,
        `args = ${quoted(server.args)}`,
        'default_tools_approval_mode = "approve"',
      ]
      await mkdir(join(home, '.codex'), { recursive: true })
      await writeFile(join(home, '.codex/config.toml'), `${lines.join('\n')}\n`)
      return {
        // A model whose limits it knows: of any other it assumes the least.
        args: ['exec', ...flags, '-m', 'gpt-5.5', '--skip-git-repo-check', '--json', prompt],
        env: { CODEX_HOME: join(home, '.codex'), STAND_IN_KEY: 'stand-in' },
      }
    },
  }
}
