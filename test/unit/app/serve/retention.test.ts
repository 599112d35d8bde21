import { expect, test } from 'vitest'
import { systemClock } from '../../../../src/adapters/clocks/system.js'
import { keepForgetting } from '../../../../src/app/serve/retention.js'
import type { Database } from '../../../../src/ports/database.js'
import type { Recordings } from '../../../../src/ports/recordings.js'

test('a result that is forgotten takes its recordings with it', async () => {
  const forgotten: string[] = []
  const database = {
    async forget(_endedBefore: string, _now: string, clear: (result: number) => Promise<void>) {
      await clear(7)
      return { results: 1 }
    },
  } as unknown as Database
  const recordings = { forget: async (result: string) => void forgotten.push(result) } as unknown as Recordings
  await keepForgetting(database, systemClock, { recordings, catalogues: () => [], onTrouble: expect.fail })[Symbol.asyncDispose]()
  expect(forgotten).toEqual(['7'])
})
