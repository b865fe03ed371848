import { operation, startBatch } from 'millrace'

const list = operation('list', () => Promise.resolve([1, 2, 3]))
const doubled = operation.each('doubled', list, (item) => item * 2)
const total = operation('total', { doubled }, ({ doubled }) => doubled.reduce((a, b) => a + b, 0))

startBatch([list, doubled, total]).snapshot$.subscribe((snapshot) => postMessage(snapshot))
