import { dataShape, isAnyObject, membersOf } from './dataShape.js'

/** Calls `tell` with every text in data, keys of objects included. Data that contain themselves are looked through once. */
export function eachText(data: unknown, tell: (text: string) => void): void {
  const seen = new Set<object>()
  const left = [data]
  while (left.length > 0) {
    const one = left.pop()
    if (typeof one === 'string') tell(one)
    if (!isAnyObject(one) || seen.has(one)) continue
    seen.add(one)
    const shape = dataShape(one)
    if ('keys' in shape) shape.keys.forEach(tell)
    for (const member of membersOf(shape)) left.push(member)
  }
}
