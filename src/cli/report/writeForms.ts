import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pageHtml } from '../../report/pageHtml.js'
import type { RunPicture } from '../../report/picture/picture.js'
import { visible } from '../../terminal/text/visible.js'
import { reportForms, type ReportFlags, type ReportForm } from './reportFlags.js'

const texts: Readonly<Record<ReportForm, (picture: RunPicture, all: boolean) => string>> = {
  html: (picture) => pageHtml(picture),
}

/**
 * Writes a run in each form that was asked for, and tells the path of each. What cannot be written is told on stderr, and the
 * others are written all the same; answers whether all were.
 */
export async function writeForms(picture: RunPicture, flags: ReportFlags, stream: NodeJS.WriteStream | undefined): Promise<boolean> {
  let done = true
  for (const form of reportForms) {
    const path = flags[form]
    if (path === undefined) continue
    try {
      await writeWholeFile(path, texts[form](picture, flags.all === true))
      stream?.write(`${visible(path)}\n`)
    } catch (error) {
      process.stderr.write(`The report cannot be written to ${visible(path)}: ${visible((error as Error).message)}\n`)
      done = false
    }
  }
  return done
}

/** Whoever opens the file finds it whole: that of before, or this one. */
async function writeWholeFile(path: string, text: string): Promise<void> {
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
