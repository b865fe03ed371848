// node .spec/spec/journal/resume/thousandKills.js [kills]: kills runs, three a plan, and says what of the promises did not hold.
import { anyMoment, killAndResume } from './killing.js'

const kills = Number(process.argv[2] ?? 1_000)
let wrong = 0
for (let seed = 1; seed <= kills / 3; seed++)
  for (const text of await killAndResume(seed, 3, anyMoment).catch((error: unknown) => [`seed ${seed}: ${String(error)}`])) {
    wrong++
    process.stdout.write(`${text}\n`)
  }
process.stdout.write(`${kills} kills, ${wrong} broken promises\n`)
