import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/adapters/clocks/system.js'
import { inBucket } from '../../src/adapters/recordings/in-bucket.js'
import { createWorkFolder } from '../../src/adapters/recordings/work-folder.js'
import { startTalkingAgent } from '../agents/talking-agent.js'
import { serve } from '../cli/served-place.js'
import { openWorkplace, type Workplace } from '../cli/workplace.js'
import { callSuite } from '../support/call-suite.js'
import { isS3Missing, startS3, type S3Server } from '../support/s3.js'

interface ServedRun {
  readonly id: number
  readonly voice_recording_url: string | null
}

describe.skipIf(isS3Missing)(
  'recordings in a bucket of a server that is not ours (needs Python and its packages moto[s3], flask and flask-cors)',
  { timeout: 180_000 },
  () => {
    let s3: S3Server
    let place: Workplace
    let agent: { readonly url: string; close(): unknown }
    beforeAll(async () => void (s3 = await startS3()))
    afterAll(() => s3[Symbol.asyncDispose]())
    beforeEach(async () => {
      place = await openWorkplace()
      agent = await startTalkingAgent({})
      place.write('suite.yaml', callSuite(agent))
    })
    afterEach(async () => {
      await agent.close()
      await place[Symbol.asyncDispose]()
    })
    const environment = (): Record<string, string> => ({ ...s3.environment, CALLSHEET_CACHE: join(place.path, 'cache') })

    test('are kept, found by the byte, and forgotten with their result, by as many pages as it takes', async () => {
      using work = createWorkFolder()
      const recordings = await inBucket('s3://recordings/some/where', work, {
        environment: s3.environment,
        clock: systemClock,
        network: {},
      })
      for (const result of ['7', '8']) writeFileSync(join(recordings.of(result).begin(), '1-1.wav'), `sound of ${result}`)
      const path = await recordings.of('7').keep('1-1.wav')
      expect(path).toBe('s3://recordings/some/where/7/1-1.wav')
      expect(existsSync(join(work.folder('7'), '1-1.wav'))).toBe(false)
      const other = await recordings.of('8').keep('1-1.wav')
      const found = await recordings.find('7', path)
      expect(found?.bytes).toBe(10)
      const pieces: Uint8Array[] = []
      for await (const piece of found!.read(9, 9)) pieces.push(piece)
      expect(Buffer.concat(pieces).toString()).toBe('7')
      for (const strange of ['s3://recordings/some/where/.callsheet', '../8/1-1.wav/..', ''])
        expect(await recordings.find('7', strange)).toBeUndefined()
      await recordings.forget('7')
      await recordings.forget('7')
      expect(await recordings.find('7', path)).toBeUndefined()
      expect((await recordings.find('8', other))?.bytes).toBe(10)
    })

    test('of calls of a run are named in the journal', async () => {
      const { exit, stderr } = await place.run(
        ['run', 'suite.yaml', '--out', 'result', '--recordings-to', 's3://recordings/runs'],
        environment(),
      )
      // On a slow machine the call is late, and inconclusive; it is recorded all the same.
      expect([0, 3]).toContain(exit)
      expect(stderr).not.toContain(s3.environment['AWS_SECRET_ACCESS_KEY'])
      const journal = readFileSync(join(place.path, 'result/journal.jsonl'), 'utf8')
      expect(journal).toMatch(/"path":"s3:\/\/recordings\/runs\/[^"/]+\/1-\d\.wav"/)
      expect(existsSync(join(place.path, 'result/recordings'))).toBe(false)
      expect((await place.run(['listen', 'result', 'cancel#1'])).stdout).toContain('s3://recordings/runs/')
    })

    test('are refused before the first call with a wrong key, or without one', async () => {
      const run = ['run', 'suite.yaml', '--recordings-to', 's3://recordings/runs']
      const wrong = await place.run(run, { ...environment(), AWS_SECRET_ACCESS_KEY: 'wrong' })
      expect(wrong.exit).toBe(2)
      expect(wrong.stderr).toMatch(/s3:\/\/recordings\/runs at 127\.0\.0\.1:\d+ refuses: SignatureDoesNotMatch/)
      const none = await place.run(run, { ...environment(), AWS_ACCESS_KEY_ID: '' })
      expect(none).toMatchObject({ exit: 2, stderr: expect.stringContaining('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set') })
      expect(existsSync(join(place.path, '.callsheet'))).toBe(false)
    })

    test('of a server have links with ranges, and are deleted with their result', async () => {
      const flags = ['--recordings-to', 's3://recordings/served']
      const served = await serve(place, flags, environment())
      const id = await served.begin(1)
      expect(await served.finished(id)).toMatchObject({ status: 'completed' })
      const answer = await fetch(`${served.url}/runs/?result_id=${id}`)
      const [run] = ((await answer.json()) as { results: readonly ServedRun[] }).results
      const whole = await fetch(run!.voice_recording_url!)
      const bytes = new Uint8Array(await whole.arrayBuffer())
      expect(whole.headers.get('etag')).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`)
      const part = await fetch(run!.voice_recording_url!, { headers: { range: 'bytes=44-143' } })
      expect(part.status).toBe(206)
      expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(44, 144))
      const listened = (await (await fetch(`${served.url}/runs/${run!.id}/get_listen_url/`)).json()) as { listen_url: string }
      expect(new Uint8Array(await (await fetch(listened.listen_url)).arrayBuffer())).toEqual(bytes)
      served.running.signal('SIGTERM')
      expect((await served.running.ended).exit).toBe(0)

      using work = createWorkFolder()
      const recordings = await inBucket('s3://recordings/served', work, { environment: s3.environment, clock: systemClock, network: {} })
      const kept = async (): Promise<boolean> => {
        const names = ['1-1.wav', '1-2.wav', '1-3.wav', '1-4.wav']
        const found = await Promise.all(names.map(name => recordings.find(String(id), name)))
        return found.some(each => each !== undefined)
      }
      expect(await kept()).toBe(true)
      const inTwoHours = new Date(Date.now() + 2 * 60 * 60 * 1000).toISOString()
      const later = await serve(place, [...flags, '--keep', '1h'], { ...environment(), CALLSHEET_LOGICAL_CLOCK: inTwoHours })
      await expect.poll(kept, { timeout: 30_000 }).toBe(false)
      expect((await fetch(`${later.url}/results/${id}/`)).status).toBe(404)
    })
  },
)
