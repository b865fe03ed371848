import { isPlainObject } from '../../model/codec/plainObject.js'
import type { CompiledOperation } from '../../model/graph.js'
import { isSecretField } from '../../model/secrets/secretFields.js'
import { textHash } from '../../model/text/textHash.js'
import type { ParamsTree } from '../params/paramsTree.js'
import { isResultPath, type TemplatePart } from '../params/template.js'
import type { CompiledPlanOperation, EachItem } from './compiledOperation.js'
import { noParams } from './operationInCode.js'

/** Hashes of what an operation is given, by which two runs of a plan are told apart. No secret is in either. */
export interface Fingerprints {
  /** Of all of it: a changed operation has another one. */
  readonly exact: string
  /** Without `content`, `body` and `stdin`: an operation that does the same to other data has the same one. */
  readonly shape: string
}

/** What differs from one run to the next without making the work another one. */
const data: ReadonlySet<string> = new Set(['content', 'body', 'stdin'])

/** Of an operation that is given nothing: of every function. */
const ofNothing: Fingerprints = { exact: textHash('{}'), shape: textHash('{}') }

/** The fingerprints of an operation of a plan: of its params with inputs filled in, references and secrets by their names. */
export function fingerprintsOf(operation: CompiledOperation): Fingerprints {
  const { given, extras } = operation as CompiledPlanOperation // All operations of a plan are.
  if (given === noParams && extras.each === undefined) return ofNothing
  const writer = new ParamsText()
  if (extras.each !== undefined) writer.items(extras.each.items)
  if (given.type === 'decoded') writer.value(given.params)
  else writer.tree(given.tree)
  const exact = textHash(writer.exact)
  return { exact, shape: writer.shape === writer.exact ? exact : textHash(writer.shape) }
}

/**
 * Writes params as text, keys in order: once whole, once without data.
 *
 * A class, against the rule of the house: one is made for each operation of a plan that is kept, and an object with methods on a
 * prototype costs a third of as many closures.
 */
class ParamsText {
  exact = ''
  shape = ''
  private secret = false
  private inData = false

  value(value: unknown): void {
    if (Array.isArray(value)) this.list(value, (member) => this.value(member))
    else if (isPlainObject(value)) this.fields(Object.keys(value), (key) => this.value(value[key]))
    else this.text(this.secret ? '"[secret]"' : scalar(value))
  }

  items(items: EachItem['items']): void {
    this.text('each ')
    if (items.type === 'list') this.value(items.list)
    else this.text(JSON.stringify([items.pointer.id, ...items.pointer.keys]))
  }

  tree(tree: ParamsTree): void {
    switch (tree.type) {
      case 'fixed':
        return this.value(tree.value)
      case 'literal':
        this.text('literal ')
        return this.value(tree.value)
      case 'fields':
        return this.fields([...tree.fields.keys()], (key) => this.tree(tree.fields.get(key)!))
      case 'items':
        return this.list(tree.items, (member) => this.tree(member))
      case 'refer':
        this.text(`reference ${JSON.stringify([tree.pointer.id, ...tree.pointer.keys])}`)
        return tree.otherwise && this.value(tree.otherwise.value)
      case 'template':
        return this.text(`template ${JSON.stringify(tree.parts.map(partText))}`)
      case 'item':
        return this.text(`item ${JSON.stringify(tree.keys)}`)
      case 'secret':
        return this.text(`secret ${JSON.stringify(tree.name)}`)
      case 'unusable':
        throw new Error('A plan with a malformed reference was started.')
    }
  }

  private list<A>(members: readonly A[], write: (member: A) => void): void {
    this.text('[')
    for (const member of members) {
      write(member)
      this.text(',')
    }
    this.text(']')
  }

  private fields(keys: string[], write: (key: string) => void): void {
    this.text('{')
    for (const key of keys.length > 1 ? keys.sort() : keys) {
      const [wasSecret, wasInData] = [this.secret, this.inData]
      this.text(`${JSON.stringify(key)}:`)
      this.secret ||= isSecretField(key)
      this.inData ||= data.has(key)
      write(key)
      this.secret = wasSecret
      this.inData = wasInData
      this.text(',')
    }
    this.text('}')
  }

  private text(text: string): void {
    this.exact += text
    if (!this.inData) this.shape += text
  }
}

function partText(part: TemplatePart): unknown {
  if (typeof part === 'string') return part
  return isResultPath(part) ? [part.id, ...part.keys] : part.type === 'item' ? { item: part.keys } : { secret: part.name }
}

/** Params come from JSON, and from code: there is nothing that has no text. */
function scalar(value: unknown): string {
  return typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? typeof value)
}
