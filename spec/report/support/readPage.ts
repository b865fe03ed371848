import { inflateRawSync } from 'node:zlib'
import { decodePicture } from '../../../src/report/document/decodePicture.js'
import type { PictureDocument } from '../../../src/report/document/pictureDocument.js'
import type { RunPicture } from '../../../src/report/picture/picture.js'

/** The picture that stands in a page. */
export function pictureIn(html: string): RunPicture {
  const [, data] = /<script type="application\/octet-stream" id="run">([^<]*)<\/script>/.exec(html) ?? []
  return decodePicture(JSON.parse(inflateRawSync(Buffer.from(data ?? '', 'base64')).toString()) as PictureDocument) // As it was written.
}
