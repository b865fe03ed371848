// The browser's part of a report, src/report/page, as the text of a module: bundled, minified, with the hashes its policy names.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { filesUnder } from './transpile.mjs'

/** Fields that the page makes and reads itself, and no document or event has: minifying shortens names of variables alone. */
const ownFields =
  /^(bars|bound|boxes|busyMs|canvas|colours|criticalPath|depths|depthsInColumn|extend|describe|least|lengthOf|members|mostReady|readyFrom|readyTo|redraw|rootCauses|single|slotMs|unended|verdict)$/

/** Where that text stands in for the source. */
export const pageCodeModule = 'report/pageCode.ts'

/** What is built here and not file by file, as paths under `src`. */
export async function pageSources(src) {
  return [pageCodeModule, ...(await filesUnder(join(src, 'report/page'))).map((path) => `report/page/${path}`)]
}

export async function pageCodeText(src) {
  const { build } = await import('esbuild')
  const of = async (entry) => {
    const { outputFiles } = await build({
      absWorkingDir: src,
      entryPoints: [entry],
      bundle: true,
      minify: true,
      mangleProps: ownFields,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: ['chrome111', 'firefox113', 'safari16.4'],
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'silent',
    })
    return outputFiles[0].text.trim()
  }
  const [script, live, style] = await Promise.all(['main.ts', 'live.ts', 'page.css'].map((name) => of(`report/page/${name}`)))
  return `export const pageCode = ${JSON.stringify(hashed({ script, live, style }))}\n`
}

function hashed(texts) {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => [
      [name, text],
      [`${name}Hash`, sha256(text)],
    ]),
  )
}

function sha256(text) {
  return createHash('sha256').update(text, 'utf8').digest('base64')
}
