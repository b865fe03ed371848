export { standardOperations, type StandardOptions } from './operations/standard.js'
