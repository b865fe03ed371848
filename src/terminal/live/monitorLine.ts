import type { MonitorEvent } from '../../model/metrics/monitorEvent.js'
import type { Paint } from '../text/paint.js'
import { visible } from '../text/visible.js'

/** What a monitor has to say to people, in one line; undefined for a sample, which the live view shows by itself. */
export function monitorLine(event: MonitorEvent, paint: Paint): string | undefined {
  switch (event.type) {
    case 'metrics-sampled':
      return undefined
    case 'alert-raised':
      return `${paint('caution', '! alert:')} ${visible(event.message)}`
    case 'trend-changed':
      return `${paint('caution', '~ trend:')} ${visible(event.message)}`
  }
}
