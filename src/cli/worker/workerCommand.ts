import { Command } from 'commander'
import { withConfigFlag } from '../flags/configFlag.js'
import { collectValues, whole } from '../flags/flagValues.js'
import type { WorkerFlags } from './worker.js'

/** `millrace worker`, as it is written. */
export function workerCommand(finish: (code: number) => void): Command {
  return withConfigFlag(
    new Command('worker')
      .description('perform operations that runs on other machines send to a queue')
      .argument('<url>', 'the Redis or Valkey that holds the queue, such as redis://queue.internal')
      .option('--place <name>', 'also take operations for this place (default: only those for any)')
      .option('--slots <n>', 'the most attempts at once (default: 1)', whole(1, 10_000))
      .option('--root <dir>', 'folder that file operations can reach; repeatable (default: this folder)', collectValues)
      .option('--allow-program <name>', 'allow only this program; repeatable (default: any)', collectValues)
      .option('--allow-private-addresses', 'let HTTP operations reach this machine and private networks')
      .option('-q, --quiet', 'report only errors'),
  )
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .addHelpText(
      'after',
      `
MILLRACE_QUEUE_KEY is the key that seals everything in the queue, or the path of a file that holds it (mode 0600): 32 bytes in
base64, the same for the run and all workers. Make one with: openssl rand -base64 32

These flags are the rights of the worker: nothing that a run sends can extend them.

Examples:
  millrace worker redis://queue.internal --slots 4 --root /srv/builds --allow-program make
  millrace worker redis://queue.internal --place gpu
  millrace run plan.yaml --on redis://queue.internal

SIGTERM or Ctrl-C: the worker takes no more operations, finishes those it performs, and exits with 0. A second one aborts them.

Exit codes:
  0    stopped, after everything it had begun had ended
  2    the command line or the key is invalid, or Redis cannot be reached
  130  aborted (SIGINT, twice)
  143  aborted (SIGTERM, twice)`,
    )
    .action(async (url: string, flags: WorkerFlags) => {
      const { worker } = await import('./worker.js')
      finish(await worker(url, flags))
    })
}
