/** A promise for each operation, started by `start` once those of its dependencies are fulfilled; fulfilled when all are. */
export async function endedBy({ size, offsets, sources }, start) {
  const ended = Array.from({ length: size })
  for (let index = 0; index < size; index++) {
    const [first, last] = [offsets[index], offsets[index + 1]]
    const begin = () => start(index)
    if (last === first) ended[index] = begin()
    else if (last === first + 1) ended[index] = ended[sources[first]].then(begin)
    else ended[index] = Promise.all(Array.from(sources.subarray(first, last), (source) => ended[source])).then(begin)
  }
  await Promise.all(ended)
}
