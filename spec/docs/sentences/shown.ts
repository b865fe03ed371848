import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { textsIn } from './textsIn.mjs'

/** Where the sentences stand that are shown most often. */
const rooms: readonly (readonly [string, RegExp])[] = [
  ['Help', /^src\/cli\/(program|flags\/(?!otherWords).*|.*Command|.*Flags?|.*Help|pastRuns\/lookingBack)\.ts$/],
  ['Faults of a plan', /^src\/model\/fault\/(describeFault|formatPath)\.ts$|^src\/graph\/(params|items|read|conditions)\//],
  [
    'Errors of operations',
    /^src\/operations\/(systemError|shell\/(runOutcome|startError|programs|workingFolder)|http\/(networkError|statusError))\.ts$/,
  ],
  ['Questions before a resume', /^src\/journal\/resume\/(describeResumeFault|resumeWords)\.ts$/],
  [
    'Summaries',
    /^src\/cli\/run\/report\/|^src\/cli\/plan\/explanationText\.ts$|^src\/terminal\/live\/(plainLine|plainView|frame|headline)\.ts$/,
  ],
  ['Advice and alerts', /^src\/monitor\/(advice|alerts)\//],
  ['Tools', /^src\/mcp\/(tools|calls\/callOptions|describe\/(instructions|planningGuide)|answers\/told\/reasons)/],
]

/** Every source of the library, in order. */
export function sources(): readonly string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((path) => join('src', path).replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .toSorted()
}

/** The sentences that are shown most often, as they stand in the code, by the place where they are shown. */
export function shownSentences(): string {
  const paths = sources()
  const parts = rooms.map(([title, path]) => {
    const texts = paths.filter((each) => path.test(each)).flatMap((each) => textsIn(readFileSync(each, 'utf8')))
    return [`## ${title}`, ...new Set(texts.flatMap((text) => text.split('\n')).filter(isSentence))].join('\n')
  })
  return `${parts.join('\n\n')}\n`
}

function isSentence(line: string): boolean {
  return !/^ {2,}(millrace|generate-plan|[a-z]+: {2})/.test(line) && (line.match(/\p{L}+/gu) ?? []).length > 2
}
