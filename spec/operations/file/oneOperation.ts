// Performs one file operation in a process of its own, and prints its value, or its error without the cause, as JSON.
import { fileBench } from './fileAttempt.js'

const [, , root = '.', operation = '', params = '{}'] = process.argv
const end = await fileBench(root).attempt(operation, JSON.parse(params) as object)
console.log(JSON.stringify(end._tag === 'Right' ? end.right : { ...end.left, cause: undefined }))
