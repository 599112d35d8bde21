import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTrunkDesks } from '../../src/adapters/queues/trunk-desks.js'
import { systemClock } from '../../src/adapters/clocks/system.js'
import { createPhoneLines, type LineTiming } from '../../src/adapters/telephony/phone-lines.js'
import type { LineWish } from '../../src/domain/trunk-desk.js'
import type { PhoneLines } from '../../src/ports/phone-lines.js'
import { startRedis, type TestRedis } from '../support/redis.js'
import { isMissing } from '../support/services.js'

const quick: LineTiming = { keepsMs: 900, waitsMs: 500 }
const numbers = Array.from({ length: 10 }, (_, i) => `+1555555010${i}`)
const never = (): AbortSignal => new AbortController().signal
let redis: TestRedis
let trunks = 0

beforeAll(async () => {
  redis = await startRedis({ durable: true })
})

afterAll(async () => {
  await redis[Symbol.asyncDispose]()
})

describe.skipIf(isMissing('Redis'))('numbers that workers share', () => {
  test('are never used twice at once, and calls keep to lines and rate', async () => {
    const trunk = `trunk-${trunks++}`
    const workers = await Promise.all([open(), open()])
    const inUse = new Map<string, string>()
    const twice: string[] = []
    const placedAtMs: number[] = []
    let atOnce = 0
    let most = 0
    const call = async (lines: PhoneLines, id: string): Promise<void> => {
      const line = await lines.take(trunk, wish(id, { lines: 8, callsPerSecond: 100 }), never(), () => undefined)
      placedAtMs.push(performance.now())
      const number = line.number ?? 'none'
      if (inUse.has(number)) twice.push(`${number}: ${id} and ${inUse.get(number)}`)
      inUse.set(number, id)
      most = Math.max(most, (atOnce += 1))
      await wait(5 + Math.random() * 20)
      inUse.delete(number)
      atOnce -= 1
      line.giveBack()
    }
    await Promise.all(Array.from({ length: 200 }, (_, i) => call(workers[i % 2]!, `${i}`)))
    expect(twice).toEqual([])
    expect(most).toBeLessThanOrEqual(8)
    expect(most).toBeGreaterThan(1)
    // The first and the last of 200 calls at 100 a second.
    expect(placedAtMs.at(-1)! - placedAtMs[0]!).toBeGreaterThan(900)
    await Promise.all(workers.map(each => each[Symbol.asyncDispose]()))
  })

  test('are free again once the worker that had them has died', async () => {
    const trunk = `trunk-${trunks++}`
    const child = spawn(process.execPath, ['test/services/line-holder.js', redis.url, trunk, numbers[0]!], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    await using lines = await open()
    const waited: string[] = []
    const taking = lines.take(trunk, wish('next', { numbers: numbers.slice(0, 1) }), never(), what => void waited.push(what))
    // The other renews it.
    await expect(Promise.race([taking, wait(2 * quick.keepsMs, 'still waiting')])).resolves.toBe('still waiting')
    child.kill('SIGKILL')
    const line = await taking
    expect(line.number).toBe(numbers[0])
    expect(waited).toEqual(['a number'])
  })

  test('stay with a call while Redis is restarted', async () => {
    const trunk = `trunk-${trunks++}`
    await using lines = await open({ keepsMs: 9000, waitsMs: 500 })
    const one = numbers.slice(0, 1)
    const line = await lines.take(trunk, wish('a', { numbers: one }), never(), () => undefined)
    await redis.stop()
    await redis.start()
    const other = new AbortController()
    const taking = lines.take(trunk, wish('b', { numbers: one }), other.signal, () => undefined)
    await expect(Promise.race([taking, wait(1000, 'waiting')])).resolves.toBe('waiting')
    expect(line.lost.aborted).toBe(false)
    line.giveBack()
    expect((await taking).number).toBe(one[0])
  })

  test('are lost to a worker that was away for too long', async () => {
    const trunk = `trunk-${trunks++}`
    const lines = await open()
    const line = await lines.take(trunk, wish('a'), never(), () => undefined)
    redis.freeze()
    await once(line.lost, 'abort')
    redis.thaw()
    expect(line.lost.reason).toMatchObject({ message: 'The line was lost: this machine was away for too long.' })
    await lines[Symbol.asyncDispose]()
  })

  test('are not waited for once a call is given up, also while Redis hangs', async () => {
    const lines = await open()
    const [first, second] = [new AbortController(), new AbortController()]
    const trunk = `trunk-${trunks++}`
    await lines.take(trunk, wish('a', { lines: 1 }), never(), () => undefined)
    const waiting = lines.take(trunk, wish('b', { lines: 1 }), first.signal, () => first.abort(new Error('given up')))
    await expect(waiting).rejects.toThrow('given up')
    redis.freeze()
    const hanging = lines.take(trunk, wish('c'), second.signal, () => undefined)
    second.abort(new Error('given up too'))
    await expect(hanging).rejects.toThrow('given up too')
    redis.thaw()
    await lines[Symbol.asyncDispose]()
  })
})

async function open(timing = quick): Promise<PhoneLines> {
  return createPhoneLines(await openTrunkDesks(redis.url), systemClock, timing)
}

function wish(id: string, other: Partial<LineWish> = {}): LineWish {
  return { id, result: 'r', numbers, lines: 10, ...other }
}
