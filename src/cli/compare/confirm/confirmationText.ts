import { duration } from '../../../terminal/text/duration.js'
import { count } from '../../../terminal/text/count.js'
import type { Paint } from '../../../terminal/text/paint.js'
import { visible } from '../../../terminal/text/visible.js'
import type { Confirmation } from './confirmed.js'

const mostNamed = 5

/** What came of running the suspects again, in words. */
export function confirmationText({ rounds, types, notAgain }: Confirmation, paint: Paint): readonly string[] {
  return [
    `Run again, old and new in turn, ${count(rounds, 'time')} each, in copies of the root:`,
    ...types.map(({ name, change }) => {
      if (change.verdict === 'too-few') return paint('faint', `not run again: ${visible(name)}.`)
      const { verdict, beforeMs, afterMs, ratio, low, high } = change
      const figures = `${duration(beforeMs)} old, ${duration(afterMs)} new (${ratio.toFixed(2)}x, 97 % interval ${low.toFixed(2)} to ${high.toFixed(2)})`
      return verdict === 'slower'
        ? `${paint('bad', 'confirmed slower')}: ${visible(name)}, ${figures}.`
        : `${paint('good', 'not confirmed')}: ${visible(name)}, ${figures}.`
    }),
    ...notAgain
      .slice(0, mostNamed)
      .map(({ id, type, because }) =>
        paint(
          'faint',
          `not run again: ${visible(id)} (${visible(type)}), since ${because === id ? 'it' : visible(because)} can have effects that must not happen twice; --yes runs it.`,
        ),
      ),
    ...(notAgain.length > mostNamed
      ? [paint('faint', `not run again for the same reason: ${count(notAgain.length - mostNamed, 'other operation')}.`)]
      : []),
  ]
}
