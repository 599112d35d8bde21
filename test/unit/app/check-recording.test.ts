import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkRecording } from '../../../src/app/check-recording.js'
import type { Recording } from '../../../src/domain/recording.js'

let place: string
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'callsheet-recording-'))
  mkdirSync(join(place, 'recordings'))
  writeFileSync(join(place, 'recordings/a.wav'), 'sound')
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

function recording(change: Partial<Recording> = {}): Recording {
  const sha256 = createHash('sha256').update('sound').digest('hex')
  const facts = { path: 'recordings/a.wav', sha256, bytes: 5, mediaType: 'audio/wav', channels: 2, rate: 8000, seconds: 1 } as const
  return { ...facts, peaks: [[], []], ...change }
}

test('a file as the journal says is intact, and its path is absolute', async () => {
  expect(await checkRecording(recording(), place)).toEqual({ status: 'intact', path: join(place, 'recordings/a.wav') })
})

test.each<[string, Partial<Recording>, string, string]>([
  ['of another hash', { sha256: '00' }, 'altered', 'its sha256 is '],
  ['of another size', { bytes: 6 }, 'altered', 'it has 5 bytes, and the journal says 6 bytes'],
  ['that is a folder', { path: 'recordings' }, 'altered', 'is not a regular file'],
  ['outside the result', { path: '../../etc/passwd' }, 'altered', 'outside the result'],
  ['by an absolute path', { path: '/etc/passwd' }, 'altered', 'outside the result'],
  ['that is gone', { path: 'recordings/b.wav' }, 'missing', 'Put the file back'],
])('a file %s', async (_, change, status, message) => {
  expect(await checkRecording(recording(change), place)).toMatchObject({ status, message: expect.stringContaining(message) })
})

test('a file whose name begins with two dots is inside', async () => {
  writeFileSync(join(place, '..a.wav'), 'sound')
  expect(await checkRecording(recording({ path: '..a.wav' }), place)).toMatchObject({ status: 'intact' })
})

test('what is kept at a URL is not fetched, and its secrets are not shown', async () => {
  const url = 's3://key:secret@bucket/a.wav?signature=x'
  expect(await checkRecording(recording({ path: url }), place)).toEqual({
    status: 'elsewhere',
    url: 's3://[redacted]@bucket/a.wav?[redacted]',
  })
})
