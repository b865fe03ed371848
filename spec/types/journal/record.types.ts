import { expectTypeOf } from 'expect-type'
import type { Observable } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import { fileJournal } from '../../../src/journal/fileJournal.js'
import { readRun } from '../../../src/journal/readRun.js'
import { record } from '../../../src/journal/record.js'
import type { BatchEvent } from '../../../src/model/event.js'

expectTypeOf(runBatch([]).pipe(record())).toEqualTypeOf<Observable<BatchEvent>>()
expectTypeOf(readRun('folder')).toExtend<AsyncIterable<BatchEvent>>()
runBatch([], { journal: fileJournal({ durability: 'power' }) })

// @ts-expect-error -- an event survives nothing, the process or a power cut; there is no fourth.
record({ durability: 'fire' })
