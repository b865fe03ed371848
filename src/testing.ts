export { heldOperations, type HeldOperations } from './testing/heldOperations.js'
