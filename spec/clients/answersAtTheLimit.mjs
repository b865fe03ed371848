import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Texts of which an answer is bound by its characters, by its tokens, and by its bytes most of all. */
const texts = {
  'source code': (line) => `export const value${line} = compute(${line}, 'of the table') // as it was measured\n`,
  numbers: (line) => `${(line * 7_919) % 100_003},${(line * 104_729) % 1_000_003},${line}\n`,
  'Chinese text': (line) => `${'\u6d4b\u91cf\u7684\u7ed3\u679c\u5728\u8868\u683c\u4e2d\u7b2c'}${line}\u884c\u3002\n`,
}

/** For each of the texts a call whose answer is as long as an answer may be and still whole. */
export async function answersAtTheLimit(folder, perform) {
  const answers = []
  for (const [what, line] of Object.entries(texts)) {
    const path = `${what.replaceAll(' ', '-')}.txt`
    const args = { operations: [{ id: 'read', type: 'file', operation: 'read', params: { path } }] }
    const told = async (lines) => {
      await writeFile(join(folder, path), Array.from({ length: lines }, (_, index) => line(index)).join(''))
      return perform(args)
    }
    let [most, tooMany] = [1, 10_000]
    while (tooMany - most > 1) {
      const middle = Math.floor((most + tooMany) / 2)
      if ((await told(middle)).includes('not all is shown')) tooMany = middle
      else most = middle
    }
    const text = await told(most)
    answers.push({ what: `${what}, ${text.length} characters, ${Buffer.byteLength(text)} bytes`, args, text })
  }
  return answers
}
