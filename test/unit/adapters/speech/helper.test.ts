import { expect, test } from 'vitest'
import { Helper, HelperEnded, type StartHelper } from '../../../../src/adapters/speech/helper.js'

interface Doubled {
  readonly twice: number
}

/** Helpers that double numbers after a turn of the event loop, or end where they are told to. */
function doubling() {
  const started: { stopped: boolean; held: boolean; on: Parameters<StartHelper>[0] }[] = []
  const helper = new Helper<{ readonly number: number }, Doubled>(on => {
    const own = { stopped: false, held: false, on }
    started.push(own)
    return {
      post(message) {
        const { id, number } = message as { readonly id: number; readonly number: number }
        setImmediate(() =>
          number < 0 ? on.over('ended with exit code 3', 'no negative numbers') : number > 0 && on.answered({ id, twice: 2 * number }),
        )
      },
      hold: isNeeded => (own.held = isNeeded),
      stop: async () => void (own.stopped = true),
    }
  })
  return { helper, started }
}

const { signal } = new AbortController()

test('is started when it is needed, once for all, and holds the process only while somebody waits', async () => {
  const { helper, started } = doubling()
  expect(started).toHaveLength(0)
  const both = Promise.all([helper.ask({ number: 1 }, signal), helper.ask({ number: 2 }, signal)])
  expect(started[0]?.held).toBe(true)
  expect((await both).map(({ twice }) => twice)).toEqual([2, 4])
  expect(started).toMatchObject([{ held: false, stopped: false }])
})

test('that ends is told to all who wait, with its last words; the next one gets another', async () => {
  const { helper, started } = doubling()
  const ends = await Promise.allSettled([helper.ask({ number: 0 }, signal), helper.ask({ number: -1 }, signal)])
  for (const end of ends) expect(end).toMatchObject({ reason: new HelperEnded('ended with exit code 3', 'no negative numbers') })
  expect((await helper.ask({ number: 3 }, signal)).twice).toBe(6)
  expect(started).toHaveLength(2)
})

test('that only one waits for is stopped when that one gives up, and not while others wait', async () => {
  const { helper, started } = doubling()
  const [one, two] = [new AbortController(), new AbortController()]
  const reason = new Error('hung up')
  const [first, second] = [helper.ask({ number: 0 }, one.signal), helper.ask({ number: 0 }, two.signal)]
  one.abort(reason)
  await expect(first).rejects.toBe(reason)
  expect(started[0]?.stopped).toBe(false)
  two.abort(reason)
  await expect(second).rejects.toBe(reason)
  expect(started[0]?.stopped).toBe(true)
  // What the stopped one still says is not heard.
  const third = helper.ask({ number: 4 }, signal)
  started[0]?.on.answered({ id: 3, twice: 99 })
  started[0]?.on.over('was ended by SIGKILL')
  expect((await third).twice).toBe(8)
})

test('is stopped with us, and whoever still waits learns it', async () => {
  const { helper, started } = doubling()
  const asked = helper.ask({ number: 0 }, signal)
  await helper[Symbol.asyncDispose]()
  await expect(asked).rejects.toBeInstanceOf(HelperEnded)
  expect(started[0]?.stopped).toBe(true)
})
