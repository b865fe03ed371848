import { spawn } from 'node:child_process'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('Ctrl-Z')

const view = new URL('../../../src/terminal/live/liveView.js', import.meta.url)
const hide = '\u001b[?25l'
const show = '\u001b[?25h'

test('gives the cursor back while the run is suspended, and hides it again when the run goes on', async () => {
  const code = `
    const { liveView } = await import(${JSON.stringify(view.href)})
    const view = liveView({ columns: 40, rows: 10, on() {}, off() {}, write: (text) => process.stdout.write(text) }, (_, text) => text)
    process.stdin.on('data', () => { view.close(); process.exit() })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] })
  let told = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text))
  /** Says so again now and then: a signal to go on that comes before the one to stop is lost. */
  const until = async (sequence: string, signal?: NodeJS.Signals): Promise<void> => {
    for (let tries = 0; !told.includes(sequence); tries++) {
      assert.ok(tries < 2_000, `${JSON.stringify(sequence)} did not come after ${JSON.stringify(told)}`)
      if (signal !== undefined) child.kill(signal)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    told = told.slice(told.lastIndexOf(sequence) + sequence.length)
  }
  try {
    for (let round = 0; round < 2; round++) {
      await until(hide)
      child.kill('SIGTSTP')
      await until(show)
      await until(hide, 'SIGCONT')
      told = hide
    }
    child.stdin.write('end')
    assert.is(await new Promise((resolve) => child.on('close', resolve)), 0)
    assert.ok(told.endsWith(show))
  } finally {
    child.kill('SIGKILL')
  }
})

test.run()
