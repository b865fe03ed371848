import type { BatchEvent } from '../model/event.js'
import { historyOfPlan } from './historyOfPlan.js'
import { usualRoom, wholeRoom } from './picture/outputKeeper.js'
import type { RunPicture } from './picture/picture.js'
import { pictureBuilder } from './picture/pictureBuilder.js'
import type { ReportAbout } from './picture/reportAbout.js'

/** How a report or an export is made. */
export interface ReportOptions {
  /** Keeps all output that the events have: without it, 8 kB an operation and 4 MB in all. Default false. */
  readonly all?: boolean
}

export function pictureOf(events: Iterable<BatchEvent>, about: ReportAbout, options: ReportOptions): RunPicture {
  const { add, picture } = pictureToBe(about, options)
  for (const event of events) add(event)
  return picture()
}

/** The same for events that come one by one. */
export function pictureToBe(
  about: ReportAbout,
  { all = false }: ReportOptions,
): { readonly add: (event: BatchEvent) => void; readonly picture: () => RunPicture } {
  const builder = pictureBuilder(about, all ? wholeRoom : usualRoom)
  return {
    add: builder.add,
    picture() {
      const picture = builder.picture()
      picture.history ??= historyOfPlan(about.history ?? [], picture.runId)
      return picture
    },
  }
}
