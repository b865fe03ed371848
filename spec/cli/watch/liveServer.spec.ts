import { get, type IncomingMessage, type ServerResponse } from 'node:http'
import { Writable } from 'node:stream'
import { inflateRawSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { liveReader } from '../../../src/cli/watch/liveReader.js'
import { liveRun, type LiveRun } from '../../../src/cli/watch/liveRun.js'
import { liveServer, type LiveServer } from '../../../src/cli/watch/liveServer.js'
import type { BatchEvent } from '../../../src/model/event.js'
import { decodePicture } from '../../../src/report/document/decodePicture.js'
import type { PictureDocument } from '../../../src/report/document/pictureDocument.js'
import { findingsOf } from '../../../src/report/findings/findings.js'
import { liveRoom } from '../../../src/report/picture/outputKeeper.js'
import type { RunPicture } from '../../../src/report/picture/picture.js'
import { pictureBuilder, type PictureBuilder } from '../../../src/report/picture/pictureBuilder.js'
import { pictureOf } from '../../../src/report/pictureOf.js'
import { failed, large } from '../../report/support/goldenRuns.js'

const test = suite('the live page')

async function served(run: LiveRun, body: (server: LiveServer, url: URL) => Promise<void>): Promise<void> {
  const server = await liveServer(run)
  try {
    await body(server, new URL(server.url))
  } finally {
    await server.close(0)
  }
}

const asked = (
  url: URL,
  options: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<IncomingMessage> => new Promise((answer, fail) => get(url, { agent: false, ...options }, answer).on('error', fail))

const statusOf = async (...of: Parameters<typeof asked>): Promise<number> => {
  const response = await asked(...of)
  response.destroy()
  return response.statusCode!
}

/** Somebody who reads the events of a page, and makes the picture of them as the page does. */
function readerOf(response: IncomingMessage): {
  readonly snapshots: () => number
  readonly picture: () => RunPicture
  readonly until: (holds: () => boolean) => Promise<void>
} {
  let builder: PictureBuilder | undefined
  let snapshots = 0
  let begun = ''
  const waiting = new Set<() => void>()
  response.setEncoding('utf8').on('data', (text: string) => {
    const messages = (begun + text).split('\n\n')
    begun = messages.pop() ?? ''
    for (const message of messages) {
      const [, name, data] = /^event: (\w+)\ndata: ([^\n]*)$/.exec(message)!
      if (name === 'snapshot') {
        snapshots++
        builder = pictureBuilder(
          {},
          liveRoom,
          decodePicture(JSON.parse(inflateRawSync(Buffer.from(data!, 'base64')).toString()) as PictureDocument),
        )
      } else for (const event of JSON.parse(data!) as readonly BatchEvent[]) builder!.add(event)
    }
    for (const look of waiting) look()
  })
  return {
    snapshots: () => snapshots,
    picture: () => builder!.picture(),
    until: (holds) =>
      new Promise((done) => {
        const look = (): void => {
          if (!holds()) return
          waiting.delete(look)
          done()
        }
        waiting.add(look)
        look()
      }),
  }
}

const told = (picture: RunPicture): unknown => {
  const { counts, attempts, retries, rootCauses, verdict } = findingsOf(picture)
  return {
    counts,
    attempts,
    retries,
    verdict,
    rootCauses,
    ends: picture.operations.map(({ id, state, attempts: tries }) => [id, state, tries.map(({ lanes }) => lanes)]),
  }
}

test('answers only this machine by its own name, with the token, and only reads', () =>
  served(liveRun({}), async (_, url) => {
    const port = url.port
    const other = new URL(url)
    other.searchParams.set('token', 'x'.repeat(url.searchParams.get('token')!.length))
    const none = new URL('/', url)
    const events = new URL(`/events${url.search}`, url)
    assert.is(await statusOf(url), 200)
    assert.is(await statusOf(url, { headers: { host: `localhost:${port}`, origin: `http://localhost:${port}` } }), 200)
    assert.is(await statusOf(events), 200)
    for (const place of [url, events]) {
      assert.is(await statusOf(place, { headers: { host: 'example.com' } }), 403)
      assert.is(await statusOf(place, { headers: { host: `127.0.0.1.example.com:${port}` } }), 403)
      assert.is(await statusOf(place, { headers: { origin: 'https://example.com' } }), 403)
      assert.is(await statusOf(place, { headers: { origin: 'null' } }), 403)
      assert.is(await statusOf(place, { headers: { origin: `https://127.0.0.1:${port}` } }), 403)
    }
    for (const place of [other, none, new URL('/events', url), new URL('/events?token=', url)]) assert.is(await statusOf(place), 403)
    assert.is(await statusOf(url, { method: 'POST' }), 405)
    assert.is(await statusOf(new URL(`/other${url.search}`, url)), 404)
  }))

test('has a page that may ask only where it came from', () =>
  served(liveRun({}), async (_, url) => {
    const response = await asked(url)
    let html = ''
    for await (const text of response.setEncoding('utf8')) html += String(text)
    assert.match(
      html,
      /content="default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}='; connect-src 'self'; base-uri/,
    )
    assert.is(response.headers['cache-control'], 'no-store')
    assert.not.ok(html.includes(url.searchParams.get('token')!))
  }))

for (const cut of [0, 1, 11, 24]) {
  test(`sends a snapshot to whoever connects, after ${cut} events, and then what happens`, async () => {
    const { events, about } = failed()
    const run = liveRun(about)
    for (const event of events.slice(0, cut)) run.see(event)
    await served(run, async (_, url) => {
      const reader = readerOf(await asked(new URL(`/events${url.search}`, url)))
      // Some come between the snapshot and the next piece.
      for (const event of events.slice(cut, -1)) run.see(event)
      await reader.until(() => reader.snapshots() === 1)
      run.see(events.at(-1)!)
      await reader.until(() => !reader.picture().live)
      assert.equal(told(reader.picture()), told(pictureOf(events, about, {})))
    })
  })
}

test('keeps little for somebody who does not read, goes on for the others, and catches them up', async () => {
  const { events, about } = large(400)
  const run = liveRun(about)
  const [ready, output] = [events.find(({ type }) => type === 'operation-ready')!, 'x'.repeat(4_000)]
  if (ready.type !== 'operation-ready') return assert.unreachable()
  run.see(events[0]!)
  await served(run, async (_, url) => {
    const place = new URL(`/events${url.search}`, url)
    const stalled = await asked(place)
    const other = readerOf(await asked(place))
    await other.until(() => other.snapshots() === 1)
    let seq = 1
    for (let piece = 0; piece < 50; piece++) {
      for (let line = 0; line < 200; line++)
        run.see({
          type: 'operation-output',
          runId: ready.runId,
          seq: seq++,
          at: ready.at + seq,
          id: ready.id,
          stream: 'stdout',
          text: output,
        })
      const sent = ready.at + seq
      await other.until(() => other.picture().lastAt + other.picture().startedAt >= sent)
    }
    // 40 MB went to the other one.
    assert.is(other.snapshots(), 1)
    for (const event of events.slice(1, -1)) run.see(event)
    const late = readerOf(stalled)
    await late.until(() => late.snapshots() === 2)
    run.see(events.at(-1)!)
    await late.until(() => !late.picture().live)
    assert.equal(told(late.picture()), told(pictureOf(events, about, {})))
  })
})

test('has at most a snapshot, 1 MB and a piece waiting for a reader who does not read', () => {
  const sink = new Writable({ write: () => undefined })
  const snapshot = Buffer.alloc(500_000)
  const piece = Buffer.alloc(300_000)
  // Of a response it needs what it has as a stream.
  const reader = liveReader(sink as unknown as ServerResponse, () => snapshot)
  for (let sent = 0; sent < 200; sent++) reader.send(piece)
  assert.ok(sink.writableLength <= 1_048_576 + snapshot.length + piece.length, `${sink.writableLength} bytes of 60 MB`)
})

test('says of a run whose process is gone that it did not end', async () => {
  const { events, about } = failed()
  const run = liveRun(about)
  for (const event of events.slice(0, 12)) run.see(event)
  await served(run, async (_, url) => {
    const reader = readerOf(await asked(new URL(`/events${url.search}`, url)))
    await reader.until(() => reader.snapshots() === 1)
    assert.is(findingsOf(reader.picture()).verdict, 'running')
    run.abandon()
    await reader.until(() => reader.snapshots() === 2)
    assert.is(findingsOf(reader.picture()).verdict, 'did not end')
  })
})

test.run()
