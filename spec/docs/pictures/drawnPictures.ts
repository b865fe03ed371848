// docs/pictures: the pictures of the documentation, and how each shows that it is not older than what it shows. Those that can be drawn
// again by themselves are compared with a new drawing; photographs of a browser carry a digest of what they show.
import { drawMarbles } from './drawMarbles.js'
import { drawPlan } from './drawPlan.js'
import { drawRooms } from './drawRooms.js'
import { drawRun } from './drawRun.js'
import { marbleDiagrams } from './marbleDiagrams.js'

export interface DrawnPicture {
  /** Below `docs/images`. */
  readonly name: string
  readonly draw: () => string
}

/** The pictures that the code of today draws: from marbles, from a plan on a page, from the recorded events of a run. */
export const drawnPictures: readonly DrawnPicture[] = [
  { name: 'run.svg', draw: drawRun },
  { name: 'plan.svg', draw: drawPlan },
  { name: 'rooms.svg', draw: drawRooms },
  ...marbleDiagrams.map((diagram) => ({ name: `marbles/${diagram.name}.svg`, draw: () => drawMarbles(diagram) })),
]
