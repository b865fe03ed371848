// node spec/tooling/apiReport.mjs [--update]: what each entry of the package exports, compared with docs/api/*.api.md.
// A line lost or altered there is a breaking change, so nobody makes one without seeing it.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { CompilerState, Extractor, ExtractorConfig } from '@microsoft/api-extractor'

const root = process.cwd()
const kept = resolve(root, 'docs/api')
const update = process.argv.includes('--update')

const packageJsonFullPath = resolve(root, 'package.json')
const { exports } = JSON.parse(await readFile(packageJsonFullPath, 'utf8'))
const entries = Object.values(exports)
  .filter(({ types }) => types !== undefined)
  .map(({ types }) => ({ name: types.replace(/^\.\/dist\/|\.d\.ts$/g, ''), declarations: resolve(root, types) }))

const scratch = await mkdtemp(join(tmpdir(), 'millrace-api-'))
async function compare() {
  const { reports, complaints } = extract()
  if (complaints.length > 0) return complaints
  if (update) await mkdir(kept, { recursive: true })
  const found = []
  const core = await readFile(join(scratch, reports[0]), 'utf8')
  for (const name of reports) {
    const now = withoutExported(await readFile(join(scratch, name), 'utf8'), core)
    const before = await readFile(join(kept, name), 'utf8').catch(() => '')
    if (now === before) continue
    if (update) await writeFile(join(kept, name), now)
    else if (before === '') found.push(`docs/api/${name} does not exist yet; npm run api writes it`)
    else
      found.push(`docs/api/${name} is not what the package exports now; if that is meant, npm run api updates it:`, ...changes(before, now))
  }
  for (const name of await readdir(kept).catch(() => [])) {
    if (!name.endsWith('.api.md') || reports.includes(name)) continue
    if (update) await rm(join(kept, name))
    else found.push(`docs/api/${name} belongs to no entry of the package; npm run api removes it`)
  }
  return found
}

function extract() {
  const complaints = []
  const configs = entries.map((entry) => configFor(entry))
  const additionalEntryPoints = entries.map(({ declarations }) => declarations)
  const compilerState = CompilerState.create(configs[0], { additionalEntryPoints })
  const messageCallback = (message) => {
    message.handled = true
    if (message.logLevel === 'error') complaints.push(message.formatMessageWithLocation(root))
  }
  for (const config of configs) Extractor.invoke(config, { localBuild: true, compilerState, messageCallback })
  return { reports: entries.map(({ name }) => `${name}.api.md`), complaints }
}

function configFor({ name, declarations }) {
  return ExtractorConfig.prepare({
    packageJsonFullPath,
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: declarations,
      newlineKind: 'lf',
      compiler: { overrideTsconfig: { compilerOptions, files: entries.map((entry) => entry.declarations) } },
      apiReport: { enabled: true, reportFileName: name, reportFolder: scratch, reportTempFolder: join(scratch, 'temp') },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: {
          default: { logLevel: 'none' },
          'ae-forgotten-export': { logLevel: 'none', addToApiReportFile: true },
          'ae-wrong-input-file-type': { logLevel: 'error' },
        },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  })
}

// The extractor brings a TypeScript of its own, which reads the declarations only.
const compilerOptions = {
  target: 'es2022',
  lib: ['es2023'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
}

/** What another entry says of the core's types is no fault: whoever uses it can import them from the core. */
function withoutExported(report, core) {
  return report.replace(/^ *\/\/ Warning: \(ae-forgotten-export\) The symbol "(\w+)" .*\n(?: *\/\/\n)?/gm, (warning, name) =>
    new RegExp(`^export .*\\b${name}\\b`, 'm').test(core) ? '' : warning,
  )
}

/** The lines that only one of two texts has. */
function changes(before, now) {
  const lines = (text) => text.split('\n').filter((line) => line.trim() !== '')
  const without = (some, others) => {
    const left = new Set(lines(others))
    return lines(some).filter((line) => !left.has(line))
  }
  return [...without(before, now).map((line) => `  - ${line}`), ...without(now, before).map((line) => `  + ${line}`)]
}

try {
  const faults = await compare()
  for (const fault of faults) console.log(fault)
  process.exitCode = faults.length > 0 ? 1 : 0
} finally {
  await rm(scratch, { recursive: true, force: true })
}
