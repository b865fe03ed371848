import { matrix } from './matrix.js'

const test = matrix('stdio')

test.run()
