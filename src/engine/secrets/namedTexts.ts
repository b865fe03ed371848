import { placeBelow, type SecretPlace } from '../../model/secrets/secretPlaces.js'
import { dataShape, isFurther, isAnyObject, memberPlace, membersOf } from './dataShape.js'

/** What plain data, as JSON makes it, is looked through for without anything being kept in mind. */
const mostLevels = 64

/** What objects say they are as JSON may say so again, without end. */
const mostSayings = 10_000

/**
 * Calls `tell` with every text under a secret name in any data, and answers whether there is any. Every value of a run is looked
 * through: plain data costs a look at each key, and nothing is made.
 */
export function tellNamedTexts(data: unknown, tell: (text: string) => void): boolean {
  if (!isAnyObject(data)) return false
  let named = false
  const heard = (text: string): void => {
    named = true
    tell(text)
  }
  if (!isPlainAfterTelling(data, heard)) tellAny(data, heard)
  return named
}

function isPlainAfterTelling(data: object, tell: (text: string) => void): boolean {
  try {
    return !tellPlain(data, 'open', tell, mostLevels)
  } catch {
    // A getter that throws, or a proxy that refuses: then each object is looked at with that in mind.
    return false
  }
}

/** True when the data is not plain, or deeper than plain data is: then it is to be looked through once more, as anything. */
function tellPlain(data: object, place: SecretPlace, tell: (text: string) => void, levels: number): boolean {
  if (levels === 0) return true
  if (Array.isArray(data)) {
    let isOther = false
    for (const member of data as readonly unknown[])
      if (isAnyObject(member)) isOther = tellPlain(member, place, tell, levels - 1) || isOther
      else if (place === 'secret' && typeof member === 'string' && member !== '') tell(member)
    return isOther
  }
  const prototype: unknown = Object.getPrototypeOf(data)
  if (prototype !== Object.prototype && prototype !== null) return place === 'secret' || !(ArrayBuffer.isView(data) || data instanceof Date)
  let isOther = false
  for (const key of Object.keys(data)) {
    const below = placeBelow(place, key)
    const member = (data as { readonly [key: string]: unknown })[key]
    if (isAnyObject(member)) isOther = tellPlain(member, below, tell, levels - 1) || isOther
    else if (below === 'secret' && typeof member === 'string' && member !== '') tell(member)
  }
  return isOther
}

function tellAny(root: object, tell: (text: string) => void): void {
  const seen = new Map<object, SecretPlace>([[root, 'open']])
  const ahead = [root]
  let sayings = 0
  const meet = (member: unknown, place: SecretPlace): void => {
    if (typeof member === 'string' && place === 'secret' && member !== '') tell(member)
    // Bytes are left out whole: there is no text in them to look for.
    if (place === 'secret' && (ArrayBuffer.isView(member) || member instanceof ArrayBuffer)) tell('')
    if (!isAnyObject(member) || !isFurther(place, seen.get(member))) return
    seen.set(member, place)
    ahead.push(member)
  }
  // It grows while it is walked.
  for (const source of ahead)
    try {
      const place = seen.get(source)!
      const shape = dataShape(source)
      membersOf(shape).forEach((member, at) => meet(member, memberPlace(shape, at, place)))
      const { toJSON } = source as { readonly toJSON?: unknown }
      if (typeof toJSON === 'function' && !(source instanceof Date) && sayings++ < mostSayings) meet(toJSON.call(source), place)
    } catch {
      // What refuses to be looked at is reported as not readable: nothing of it is shown.
    }
}
