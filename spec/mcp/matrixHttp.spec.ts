import { matrix } from './matrix.js'

const test = matrix('http')

test.run()
