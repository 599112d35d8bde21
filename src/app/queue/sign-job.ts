import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { isRecord } from '../../domain/json-value.js'
import type { RunJob } from '../../ports/run-queue.js'

/** Signs a job, so that a worker can tell it from one that somebody else put into the queue. @param secret  Shared with workers. */
export function signJob(job: RunJob, secret: string | undefined): RunJob {
  return secret ? { ...job, signature: signatureOf(job, secret).toString('base64url') } : job
}

/** Whether whoever has the secret signed this job, and nobody has changed it since. Takes constant time, whatever the signature. */
export function isSigned({ signature = '', ...job }: RunJob, secret: string): boolean {
  const given = Buffer.from(signature, 'base64url')
  const own = signatureOf(job, secret)
  return given.length === own.length && timingSafeEqual(given, own)
}

/** Whether it is a job at all: without a signature, anybody may have written it. */
export function isJob(value: unknown): value is RunJob {
  return (
    isRecord(value) &&
    ['id', 'order', 'result', 'agent', 'document', 'run'].every(key => typeof value[key] === 'string') &&
    Number.isSafeInteger(value['index']) &&
    isRecord(value['options']) &&
    Array.isArray(value['earlier']) &&
    (value['signature'] === undefined || typeof value['signature'] === 'string')
  )
}

/** HMAC-SHA256 over the job as JSON whose keys are sorted: the queue need not keep their order. */
function signatureOf(job: RunJob, secret: string): Buffer {
  const key = createHash('sha256').update(`callsheet job signatures\0${secret}`).digest()
  const text = JSON.stringify(sorted(JSON.parse(JSON.stringify(job))))
  return createHmac('sha256', key).update(text).digest()
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  )
}
