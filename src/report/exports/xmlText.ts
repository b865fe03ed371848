/** Characters that XML 1.0 cannot hold, however they are written: controls, half pairs, U+FFFE and U+FFFF. */
const notInXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** Text as it may stand between tags and in an attribute. */
export function xmlText(text: string): string {
  return text
    .replace(notInXml, '\ufffd')
    .replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)
    .replace(/\r/g, '&#13;')
}

/** The same in an attribute, where a parser takes line ends for blanks. */
export function xmlAttribute(text: string): string {
  return xmlText(text).replace(/[\n\t]/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
