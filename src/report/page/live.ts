import { decodePicture } from '../document/decodePicture.js'
import type { PictureDocument } from '../document/pictureDocument.js'
import type { BatchEvent } from '../../model/event.js'
import { liveRoom } from '../picture/outputKeeper.js'
import { pictureBuilder, type PictureBuilder } from '../picture/pictureBuilder.js'
import { unpacked } from './unpacked.js'
import { view } from './view.js'

const page = view(document.querySelector('main')!)
let builder: PictureBuilder | undefined
let waiting = false

const draw = (): void => {
  waiting = false
  if (builder === undefined) return
  const picture = builder.picture()
  page.show(picture)
  document.documentElement.dataset['drawn'] = String(picture.operations.length)
  // The end is the last there is to hear: to connect again would be to ask for all of it once more.
  if (!picture.live) source.close()
}

/** However fast they come, one picture a frame. */
const drawSoon = (): void => {
  if (waiting) return
  waiting = true
  requestAnimationFrame(draw)
}

const source = new EventSource(`events${location.search}`)
// A snapshot takes a moment to unpack, and what comes behind it waits.
let before: Promise<void> = Promise.resolve()
source.addEventListener('snapshot', ({ data }) => {
  before = before.then(async () => {
    // Sent by the server of this page, from the same types.
    builder = pictureBuilder({}, liveRoom, decodePicture((await unpacked(String(data))) as PictureDocument))
    drawSoon()
  })
})
source.addEventListener('events', ({ data }) => {
  before = before.then(() => {
    for (const event of JSON.parse(String(data)) as readonly BatchEvent[]) builder?.add(event)
    drawSoon()
  })
})
