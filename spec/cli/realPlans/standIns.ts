import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

// Every stand-in writes its call as one line, with the two variables that plans give to all.
const told = `#!/bin/sh
name=\${0##*/}
echo "$name \${*}\${LEVEL:+ LEVEL=$LEVEL}\${STAGE:+ STAGE=$STAGE}" >> "$CALLS"
`

const plain = [
  'tsc sass rollup go cosign notify docker checkout load publish check pnpm migrate build deploy tidy playwright remote',
].flatMap((names) => names.split(' '))

const others: Readonly<Record<string, string>> = {
  // What a plan decides by.
  choose: `${told}echo "$CHOICE"\n`,
  npm: `${told}[ "$LEVEL" != 99 ]\n`,
  dbt: `${told}[ "$1 $2" != "test revenue" ]\n`,
  test: `${told}[ "$CHOICE" != broken ]\n`,
  cc: `${told}for word; do
  if [ "$before" = -o ]; then echo made > "$word"
  else case "$word" in *.c | *.o) [ -f "$word" ] || exit 1 ;; esac
  fi
  before=$word
done
`,
  serve: `#!/usr/bin/env node
const { appendFileSync } = require('node:fs')
const say = (line) => appendFileSync(process.env.CALLS, line + '\\n')
const name = 'serve ' + (process.argv[2] ? 'fixed' : 'free')
process.on('SIGTERM', () => { say(name + ' down'); process.exit(0) })
const server = require('node:http').createServer((_, response) => response.end('hello'))
// Whoever waits for its port may be there before the program hears that it is open.
say(name + ' up')
server.listen(Number(process.argv[2] ?? 0), () => {
  console.log('Listening on http://localhost:' + server.address().port + '/')
})
`,
  ask: `#!/usr/bin/env node
fetch(process.argv[2]).then(async (answer) => {
  require('node:fs').appendFileSync(process.env.CALLS, ['ask', await answer.text(), ...process.argv.slice(3)].join(' ') + '\\n')
})
`,
}

/** Writes the programs that the plans name into a folder, which goes before the others of the PATH. */
export async function writeStandIns(folder: string): Promise<void> {
  await mkdir(folder)
  for (const name of plain) await writeFile(join(folder, name), told, { mode: 0o755 })
  for (const [name, script] of Object.entries(others)) await writeFile(join(folder, name), script, { mode: 0o755 })
}
