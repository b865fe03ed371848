import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost } from '../../src/mcp/host.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { batchPerformance } from '../../src/mcp/tools/batchPerformance.js'
import { inRoot } from './inRoot.js'

const test = suite('batch_performance')

const textOf = ({ content }: { readonly content: readonly { readonly text: string }[] }): string => content[0]!.text

test('batches of one name become slower: compare and trends say so, and since which run', () =>
  inRoot({}, async (root) => {
    const host = toolHost({ root, allowPrograms: ['sleep'] })
    const sleep = async (seconds: string, times: number): Promise<void> => {
      for (let round = 0; round < times; round++) {
        const operations = [{ type: 'shell.run', params: { command: ['sleep', seconds] } }]
        assert.is(textOf(await batchExecute.perform({ name: 'nightly', operations }, host, {})), '1 of 1 succeeded')
      }
    }
    const performance = async (action: string): Promise<string> => textOf(await batchPerformance.perform({ action }, host, {}))
    try {
      await sleep('0.1', 6)
      // How many count as the later ones depends on whether the times make a step.
      const [, after, before] = /^too-few: (\d) runs against (\d) of the earlier runs\./.exec(await performance('compare')) ?? []
      assert.is(Number(after) + Number(before), 6)
      assert.match(await performance('baseline'), /^The last 6 runs are now the baseline/)
      await sleep('0.1', 5)
      await sleep('1.5', 5)
      const compared = await performance('compare')
      const [, since = ''] = /^slower since run ([0-9a-zA-Z_-]+): 10 runs against 6 of the baseline\.\n/.exec(compared) ?? []
      assert.match(compared, /\n {2}shell\.run: slower, \d+(\.\d+)? ms before, \d+(\.\d+)? ms now /)
      assert.ok((await performance('trends')).includes(`declining: a step at run ${since}, `), since)
    } finally {
      await host.close('the spec has ended')
    }
  }))

test.run()
