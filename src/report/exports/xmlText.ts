/** Characters that XML 1.0 cannot hold, however they are written: controls, half pairs, U+FFFE and U+FFFF. */
const notInXml =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

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
