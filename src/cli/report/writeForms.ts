import { appendFile, mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { chromeTraceText } from '../../report/exports/chromeTrace.js'
import { githubAnnotations, githubText } from '../../report/exports/githubSummary.js'
import { junitText } from '../../report/exports/junitXml.js'
import { openMetricsText } from '../../report/exports/openMetrics.js'
import { otlpText } from '../../report/exports/otlpTrace.js'
import { pageHtml } from '../../report/pageHtml.js'
import type { RunPicture } from '../../report/picture/picture.js'
import { errorCode } from '../../system/errorCode.js'
import { visible } from '../../terminal/text/visible.js'
import type { Output } from '../process/output.js'
import { isStdout, reportForms, type ReportFlags, type ReportForm } from './reportFlags.js'

const texts: Readonly<Record<ReportForm, (picture: RunPicture) => string>> = {
  html: (picture) => pageHtml(picture),
  junit: junitText,
  trace: chromeTraceText,
  otlp: otlpText,
  openmetrics: openMetricsText,
}

/**
 * Writes a run in each form that was asked for: to its file, whose path is told, or to stdout. What cannot be written is told on stderr,
 * and the others are written all the same; answers whether all were.
 */
export async function writeForms(picture: RunPicture, flags: ReportFlags, stdout: Output, tell: (line: string) => void): Promise<boolean> {
  let done = true
  const attempt = async (path: string, write: () => Promise<void>): Promise<boolean> => {
    try {
      await write()
      return true
    } catch (error) {
      process.stderr.write(`The report cannot be written to ${visible(path)}: ${visible((error as Error).message)}\n`)
      return (done = false)
    }
  }
  for (const form of reportForms) {
    const path = flags[form]
    if (path === undefined) continue
    if (isStdout(path)) await stdout.write(texts[form](picture))
    else if (await attempt(path, () => writeWholeFile(path, texts[form](picture)))) tell(`${visible(path)}\n`)
  }
  const summary = process.env['GITHUB_STEP_SUMMARY']
  if (flags.github === true && summary !== undefined) {
    // The runner reads both streams for annotations, and stdout may have a document.
    for (const line of githubAnnotations(picture)) process.stderr.write(`${line}\n`)
    await attempt(summary, () => appendFile(summary, githubText(picture)))
  }
  return done
}

/** Whoever opens the file finds it whole: that of before, or this one. A device or a pipe is written to, and a link stays one. */
async function writeWholeFile(named: string, text: string): Promise<void> {
  const there = await stat(named).catch(unlessMissing)
  if (there !== undefined && !there.isFile()) return writeFile(named, text)
  const path = there === undefined ? named : await realpath(named)
  const draft = `${path}.${process.pid}.draft`
  await mkdir(dirname(path), { recursive: true })
  try {
    await writeFile(draft, text)
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

function unlessMissing(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT') throw error
}
