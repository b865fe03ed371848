import type { BatchSettings } from './batchCase.js'
import type { CallSettings } from './callCase.js'
import type { DecodeSettings } from './decodeCase.js'
import type { FilesSettings } from './filesCase.js'
import type { GraphSettings } from './graphCase.js'
import type { JournalSettings } from './journalCase.js'
import type { OneSettings } from './oneCase.js'
import type { RunJsonSettings } from './runJsonCase.js'
import { sources } from './sevenOperations.js'
import type { StartSettings } from './startCase.js'
import type { StreamSettings } from './streamCase.js'
import type { WorkersSettings } from './workersCase.js'

/** What one process does. */
export type Task =
  | ({ readonly type: 'graph' } & GraphSettings)
  | ({ readonly type: 'stream' } & StreamSettings)
  | ({ readonly type: 'decode' } & DecodeSettings)
  | ({ readonly type: 'files' } & FilesSettings)
  | ({ readonly type: 'journal' } & JournalSettings)
  | ({ readonly type: 'batch' } & BatchSettings)
  | ({ readonly type: 'one' } & OneSettings)
  | ({ readonly type: 'run --json' } & RunJsonSettings)
  | ({ readonly type: 'calls' } & CallSettings)
  | ({ readonly type: 'start' } & StartSettings)
  | ({ readonly type: 'workers' } & WorkersSettings)

export function operationsOf(task: Task): number {
  switch (task.type) {
    case 'graph':
    case 'journal':
      return task.size
    case 'batch':
      return task.batches * sources.length
    case 'one':
      return task.batches
    case 'stream':
    case 'decode':
    case 'files':
    case 'run --json':
    case 'workers':
      return task.operations
    case 'calls':
      return task.calls
    case 'start':
      return task.starts
  }
}
