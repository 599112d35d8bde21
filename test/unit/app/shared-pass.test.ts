import { expect, test } from 'vitest'
import { sharePass } from '../../../src/app/shared-pass.js'
import { sampleResult, sampleRuns } from '../adapters/reporters/sample-result.js'

async function read(runs: AsyncIterable<readonly unknown[]>, most = Infinity): Promise<unknown[]> {
  const all: unknown[] = []
  for await (const batch of runs) {
    all.push(...batch)
    if (all.length >= most) break
  }
  return all
}

test('each reader gets every run, though they are read once', async () => {
  let passes = 0
  const result = sampleResult()
  const runs = result.runs
  const counted = { ...result, runs: () => ((passes += 1), runs()) }
  const shared = sharePass(counted, 3)
  expect(await Promise.all(shared.map(each => read(each.result.runs())))).toEqual([sampleRuns, sampleRuns, sampleRuns])
  expect(passes).toBe(1)
})

test('a reader that leaves, early or before it began, does not keep the others waiting', async () => {
  const [first, second, third] = sharePass(sampleResult(), 3)
  third!.leave()
  const early = read(first!.result.runs(), 1).finally(() => first!.leave())
  expect(await read(second!.result.runs())).toEqual(sampleRuns)
  expect(await early).toEqual(sampleRuns.slice(0, 5))
})

test('an error while reading reaches every reader', async () => {
  const broken = {
    ...sampleResult(),
    runs: async function* () {
      yield sampleRuns.slice(0, 1)
      throw new Error('damaged')
    },
  }
  const all = await Promise.allSettled(sharePass(broken, 2).map(each => read(each.result.runs())))
  expect(all.map(each => each.status === 'rejected' && String(each.reason))).toEqual(['Error: damaged', 'Error: damaged'])
})
