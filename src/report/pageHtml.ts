import { deflateSync, strToU8 } from 'fflate'
import { encodePicture } from './document/encodePicture.js'
import { findingsOf } from './findings/findings.js'
import { figuresOf, runTitle } from './findings/wordsOf.js'
import { pageCode } from './pageCode.js'
import type { RunPicture } from './picture/picture.js'

/**
 * One HTML file with all it needs. Its policy lets nothing be loaded from anywhere and runs one script, known by its hash: whatever
 * stands in the texts of a run, it is only shown.
 */
export function pageHtml(picture: RunPicture): string {
  const { script, scriptHash } = pageCode
  return documentOf(picture, { script, scriptHash, connect: '', data: packed(encodePicture(picture)) })
}

/** The page of a run that goes on: it hears the rest from where it came, and from nowhere else. */
export function livePageHtml(picture: RunPicture): string {
  const { live, liveHash } = pageCode
  return documentOf(picture, { script: live, scriptHash: liveHash, connect: "connect-src 'self'; ", data: '' })
}

interface PageParts {
  readonly script: string
  readonly scriptHash: string
  /** A rule of the policy. */
  readonly connect: string
  readonly data: string
}

function documentOf(picture: RunPicture, { script, scriptHash, connect, data }: PageParts): string {
  const findings = findingsOf(picture)
  const title = `${runTitle(picture)}: ${findings.verdict}`
  const { style, styleHash } = pageCode
  const policy = `default-src 'none'; script-src 'sha256-${scriptHash}'; style-src 'sha256-${styleHash}'; ${connect}base-uri 'none'; form-action 'none'`
  const figures = figuresOf(picture, findings).map(({ name, value, detail }) => `${name}: ${value} (${detail})`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main><noscript><h1>${escaped(title)}</h1><p>${escaped(figures.join(' · '))}</p></noscript></main>
<footer>Made by millrace from the events of the run. ${leftOutText(picture)}</footer>
<script type="application/octet-stream" id="run">${data}</script>
<script type="module">${script}</script>
</body>
</html>
`
}

function leftOutText({ leftOut }: RunPicture): string {
  if (leftOut.bytes === 0) return 'It loads nothing from anywhere.'
  const { operations, bytes } = leftOut
  return `It leaves out ${bytes.toLocaleString('en')} bytes of the output of ${operations} ${operations === 1 ? 'operation' : 'operations'}: --all keeps them, and "millrace show" has them.`
}

/** JSON, deflated, as base64. */
export function packed(value: unknown): string {
  const bytes = deflateSync(strToU8(JSON.stringify(value)), { level: 9 })
  // In pieces: a call takes only so many arguments.
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
