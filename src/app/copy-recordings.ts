import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createApiClient } from '../adapters/clients/api-client.js'
import { routedFetch } from '../adapters/clients/routed-fetch.js'
import { GatheredBytes } from '../adapters/network/gathered-bytes.js'
import { recordingsFolder } from '../adapters/recordings/beside-result.js'
import { recordingName } from '../adapters/recordings/recording-name.js'
import { privateFile } from '../adapters/stores/make-folders.js'
import { count } from '../domain/count.js'
import { isRecord } from '../domain/json-value.js'
import type { Outcome } from '../domain/outcome.js'
import type { Recording } from '../domain/recording.js'
import type { Adapters } from './registry.js'
import { readResult } from './report-result.js'
import { resultAddress } from './watch-result.js'

export interface CopiedRecordings {
  readonly copied: number
  /** What could not be had, in a sentence each. */
  readonly problems: readonly string[]
}

/**
 * Copies the recordings of a server's result into the folder that its journal was copied to. A server gives those of last attempts only.
 *
 * @param url  The result's URL. @param place  The folder.
 */
export async function copyRecordings(
  url: string,
  place: string,
  { apiKey, signal }: { readonly apiKey: string | undefined; readonly signal: AbortSignal },
  use: Pick<Adapters, 'store' | 'serverDatabase' | 'network'>,
): Promise<CopiedRecordings> {
  const address = resultAddress(url)
  const { last, earlier } = await recordingsOf(place, use)
  const problems = earlier > 0 ? [`The server keeps ${count(earlier, 'recording')} of earlier attempts to itself.`] : []
  if (!address || last.size === 0) return { copied: 0, problems }
  const fetchOne = await recordingsAt(address, apiKey, { ...use, signal })
  mkdirSync(join(place, recordingsFolder), { recursive: true, mode: 0o700 })
  let copied = 0
  for (const [index, recording] of last) {
    try {
      const bytes = await fetchOne(index, recording)
      // A recording of that name only: the path is the server's word.
      writeFileSync(join(place, recordingsFolder, recordingName(recording.path) ?? ''), bytes, { mode: privateFile })
      copied += 1
    } catch (cause) {
      signal.throwIfAborted()
      problems.push(`The recording of run ${index + 1} was not saved: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
  }
  return { copied, problems }
}

/** Of last attempts, by the index of the run, those that a folder of a result has beside its journal. */
async function recordingsOf(place: string, use: Pick<Adapters, 'store' | 'serverDatabase'>) {
  const last = new Map<number, Recording>()
  let earlier = 0
  for await (const batch of (await readResult(place, use)).runs()) {
    for (const run of batch) {
      const own = recordingBeside(run.outcome)
      if (own) last.set(run.index, own)
      earlier += run.earlier.filter(({ outcome }) => recordingBeside(outcome)).length
    }
  }
  return { last, earlier }
}

function recordingBeside(outcome: Outcome): Recording | undefined {
  const recording = 'transcript' in outcome ? outcome.transcript.sound?.recording : undefined
  return recording && recording.path === `${recordingsFolder}/${recordingName(recording.path)}` ? recording : undefined
}

/** What fetches the recording of a run, as its journal has it. */
async function recordingsAt(
  { base, result }: { readonly base: string; readonly result: string },
  apiKey: string | undefined,
  { network, signal }: Pick<Adapters, 'network'> & { readonly signal: AbortSignal },
): Promise<(index: number, recording: Recording) => Promise<Buffer>> {
  const client = createApiClient(base, apiKey, { network })
  const send = await routedFetch(new URL(base), network)
  let ids: Promise<readonly string[]> | undefined
  const idsOfRuns = async (): Promise<readonly string[]> => {
    const { body } = await client.get(`results/${result}/`, signal)
    return Object.keys(isRecord(body) && isRecord(body['runs']) ? body['runs'] : {}).toSorted((a, b) => Number(a) - Number(b))
  }
  return async (index, { bytes, sha256 }) => {
    const id = (await (ids ??= idsOfRuns()))[index]
    const { body } = await client.get(`runs/${id}/get_listen_url/`, signal)
    const link = isRecord(body) ? body['listen_url'] : undefined
    if (typeof link !== 'string' || !URL.canParse(link)) throw new Error('the server gives no link to it.')
    // From this server, whatever host the link names.
    const answer = await send(new URL(new URL(link).pathname, base).href, { redirect: 'error', signal })
    if (!answer.ok) throw new Error(`the server answered ${answer.status}.`)
    const found = await atMost(bytes, answer.body as AsyncIterable<Uint8Array> | null)
    if (createHash('sha256').update(found).digest('hex') !== sha256) throw new Error('the server has another file than its journal says.')
    return found
  }
}

/** The bytes of an answer, and where there are more than allowed, too many of them. */
async function atMost(most: number, body: AsyncIterable<Uint8Array> | null): Promise<Buffer> {
  const bytes = new GatheredBytes()
  for await (const piece of body ?? []) {
    bytes.add(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
    if (bytes.length > most) break
  }
  return bytes.whole()
}
