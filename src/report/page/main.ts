// report/page: what runs in the browser: the page of a run, drawn on canvases, from the picture that stands in it or comes live.
import { decodePicture } from '../document/decodePicture.js'
import type { PictureDocument } from '../document/pictureDocument.js'
import { unpacked } from './unpacked.js'
import { view } from './view.js'

const page = view(document.querySelector('main')!)
const data = document.getElementById('run')?.textContent ?? ''
// Written by `pageHtml`, from the same types.
page.show(decodePicture((await unpacked(data)) as PictureDocument))
// Two frames: the one in which charts are drawn, and the next.
requestAnimationFrame(() => requestAnimationFrame(() => (document.documentElement.dataset['drawn'] = String(performance.now()))))
