import { closed } from '../../src/model/codec/closed.js'
import { anyJson, text } from '../../src/model/codec/values.js'

export { anyJson }

export const closedParams = closed('params of a note', { path: text() }, { text: anyJson, fails: text() })
