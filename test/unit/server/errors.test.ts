import fastify from 'fastify'
import { expect, test } from 'vitest'
import { PackageMissing } from '../../../src/ports/package-missing.js'
import { QueueError } from '../../../src/ports/run-queue.js'
import { StoreError, type StoreCode } from '../../../src/ports/store.js'
import { answerError } from '../../../src/server/errors.js'

/** What a client is answered where a route fails so. */
async function answerTo(error: Error) {
  const server = fastify()
  server.setErrorHandler(answerError)
  server.get('/', () => {
    throw error
  })
  const { statusCode, headers, payload } = await server.inject('/')
  return { status: statusCode, retryAfter: headers['retry-after'], detail: (JSON.parse(payload) as { detail: string }).detail }
}

const secret = 'Cannot use /srv/callsheet.db --data <folder>'
const statuses: Readonly<Record<StoreCode, number>> = {
  not_found: 404,
  exists: 500,
  in_use: 503,
  lost: 503,
  unwritable: 500,
  unreadable: 500,
  damaged: 500,
  other_format: 500,
  failed: 500,
}

test.each(Object.entries(statuses))('a store error %s is answered with %i', async (code, status) => {
  const answer = await answerTo(new StoreError(code as StoreCode, secret))
  expect(answer.status).toBe(status)
  expect(answer.retryAfter).toBe(status === 503 ? '5' : undefined)
  expect(answer.detail).not.toMatch(/--|srv/)
})

test('only a database that is lost is said to be', async () => {
  const errors = [
    ...Object.keys(statuses).map(code => new StoreError(code as StoreCode, secret)),
    new QueueError('The queue at redis is gone.'),
    new PackageMissing('A queue', 'bullmq@6'),
    new Error('A bug.'),
  ]
  const answers = await Promise.all(errors.map(answerTo))
  expect(answers.filter(({ detail }) => detail.startsWith('The database cannot be reached'))).toHaveLength(1)
  expect(new Set(answers.map(({ detail }) => detail)).size).toBe(answers.length)
})

test('what is unknown is not found, in the words of any other 404', async () => {
  expect(await answerTo(new StoreError('not_found', secret))).toMatchObject({ status: 404, detail: 'Not found.' })
})

test('a queue that is lost, a package that is missing and a bug are each answered in words of their own', async () => {
  expect(await answerTo(new QueueError('Gone.'))).toEqual({
    status: 503,
    retryAfter: '5',
    detail: 'The queue cannot be reached. Try again.',
  })
  expect(await answerTo(new PackageMissing('A queue', 'bullmq@6'))).toEqual({
    status: 503,
    retryAfter: undefined,
    detail: 'The server lacks a package that this needs. Its log says which.',
  })
  expect(await answerTo(new Error('A bug.'))).toMatchObject({ status: 500, detail: 'The server failed. The reason is in its log.' })
})
