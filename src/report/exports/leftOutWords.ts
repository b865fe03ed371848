import { count, thousands } from '../../terminal/text/count.js'
import type { RunPicture } from '../picture/picture.js'

/** What a report has no room for; empty when it has everything. */
export function leftOutWords({ leftOut: { operations, bytes } }: RunPicture): string {
  return bytes === 0
    ? ''
    : `${thousands(bytes)} bytes of the output of ${count(operations, 'operation')}: --all keeps them, and "millrace show" has them`
}
