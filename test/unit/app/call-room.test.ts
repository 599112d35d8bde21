import { expect, test } from 'vitest'
import { createCallRoom } from '../../../src/app/call-room.js'
import type { SuiteModels } from '../../../src/app/suite-models.js'

const modelsFor = (mostCalls?: number): Pick<SuiteModels, 'speech'> =>
  ({ speech: { detector: { settings: { name: 'energy' }, ...(mostCalls !== undefined && { mostCalls }) } } }) as Pick<SuiteModels, 'speech'>

/** Enters so many calls. @returns The most that were held at once. */
async function mostOf(calls: number, enter: (call: () => Promise<void>) => Promise<void>): Promise<number> {
  let [held, most] = [0, 0]
  const call = async (): Promise<void> => {
    most = Math.max(most, (held += 1))
    await new Promise(resolve => setImmediate(resolve))
    held -= 1
  }
  await Promise.all(Array.from({ length: calls }, () => enter(call)))
  return most
}

test('holds no more calls at once than the machine can, whatever result they belong to, and says so once', async () => {
  const notes: string[] = []
  const room = createCallRoom(text => notes.push(text))
  const [one, other] = [modelsFor(3), modelsFor(3)]
  let calls = 0
  expect(await mostOf(20, call => room.enter((calls += 1) % 2 === 0 ? one : other, call))).toBe(3)
  expect(notes).toEqual(['This machine can conduct 3 calls at once with the voice detector Silero, and conducts no more.'])
})

test('holds as many as there are where the detector is light, or nobody is called', async () => {
  const room = createCallRoom(() => expect.unreachable())
  expect(await mostOf(20, call => room.enter(modelsFor(), call))).toBe(20)
  expect(await mostOf(20, call => room.enter({}, call))).toBe(20)
})

test('a call that fails makes room', async () => {
  const room = createCallRoom()
  await expect(room.enter(modelsFor(1), () => Promise.reject(new Error('lost')))).rejects.toThrow('lost')
  expect(await mostOf(2, call => room.enter(modelsFor(1), call))).toBe(1)
})
