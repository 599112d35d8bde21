import { expect, test } from 'vitest'
import { shareSpeech } from '../../../src/app/shared-speech.js'
import type { Adapters } from '../../../src/app/registry.js'
import { createMask } from '../../../src/domain/mask.js'
import type { Mask } from '../../../src/domain/mask.js'
import { speechDefaults, type SpeechSettings } from '../../../src/domain/speech-settings.js'
import type { TextToSpeech } from '../../../src/ports/speech.js'

const settings: SpeechSettings = { role: 'tts', engine: 'flite', ...speechDefaults }
const none = createMask([])

/** Timers that run when they are told to. */
function handClock() {
  let nowMs = 0
  let timers: { readonly dueMs: number; readonly call: () => void }[] = []
  return {
    after(ms: number, call: () => void) {
      const timer = { dueMs: nowMs + ms, call }
      timers.push(timer)
      return () => void (timers = timers.filter(each => each !== timer))
    },
    async advance(ms: number) {
      nowMs += ms
      const due = timers.filter(({ dueMs }) => dueMs <= nowMs)
      timers = timers.filter(({ dueMs }) => dueMs > nowMs)
      for (const { call } of due) call()
      await new Promise(resolve => setImmediate(resolve))
    },
  }
}

function setUp() {
  const opened: { readonly settings: SpeechSettings | undefined; readonly mask: Mask; closed: number }[] = []
  let isBroken = false
  const clock = handClock()
  const open = async (which: SpeechSettings | undefined, mask: Mask): Promise<TextToSpeech> => {
    if (isBroken) throw new Error('There is no engine.')
    const own = { settings: which, mask, closed: 0 }
    opened.push(own)
    return {
      name: `engine ${opened.length}`,
      speak: async () => ({ rate: 16_000, samples: new Int16Array(1) }),
      async [Symbol.asyncDispose]() {
        own.closed += 1
      },
    }
  }
  const shared = shareSpeech({ clock, mouth: open, ears: open } as unknown as Adapters, 1000)
  return { opened, shared, clock, breakIt: (is: boolean) => (isBroken = is) }
}

test('suites with the same settings share an engine, wherever they stand in their files; others have their own', async () => {
  const { opened, shared } = setUp()
  const at = { file: { path: 'a.yaml', text: '' }, start: 3, end: 4 } as unknown as NonNullable<SpeechSettings['at']>
  const [one, two, other] = [
    await shared.use.mouth(settings, none),
    await shared.use.mouth({ ...settings, at }, none),
    await shared.use.mouth({ ...settings, voice: 'slt' }, none),
  ]
  expect([one.name, two.name, other.name]).toEqual(['engine 1', 'engine 1', 'engine 2'])
  await shared.use.ears(undefined, none)
  await shared.use.ears(undefined, none)
  expect(opened).toHaveLength(3)
})

test('an engine is closed a while after its last user has left, and not before', async () => {
  const { opened, shared, clock } = setUp()
  const [one, two] = [await shared.use.mouth(settings, none), await shared.use.mouth(settings, none)]
  await one[Symbol.asyncDispose]()
  await one[Symbol.asyncDispose]()
  await clock.advance(5000)
  expect(opened[0]!.closed).toBe(0)
  await two[Symbol.asyncDispose]()
  await clock.advance(900)
  const three = await shared.use.mouth(settings, none)
  await clock.advance(5000)
  expect(opened[0]!.closed).toBe(0)
  await three[Symbol.asyncDispose]()
  await clock.advance(1100)
  expect(opened[0]!.closed).toBe(1)
  expect((await shared.use.mouth(settings, none)).name).toBe('engine 2')
})

test('all are closed at the end, once', async () => {
  const { opened, shared } = setUp()
  const mouth = await shared.use.mouth(settings, none)
  await shared[Symbol.asyncDispose]()
  await mouth[Symbol.asyncDispose]()
  expect(opened.map(({ closed }) => closed)).toEqual([1])
})

test('what could not be opened is tried again', async () => {
  const { shared, breakIt } = setUp()
  breakIt(true)
  await expect(shared.use.mouth(settings, none)).rejects.toThrow('There is no engine.')
  breakIt(false)
  expect((await shared.use.mouth(settings, none)).name).toBe('engine 1')
})

test("an engine's faults mask the secrets of all its suites", async () => {
  const { opened, shared } = setUp()
  const masks = ['one-secret', 'two-secret'].map(value => createMask([{ name: 'S', value }]))
  for (const mask of masks) await shared.use.mouth(settings, mask)
  expect(opened[0]!.mask.text('one-secret two-secret')).not.toMatch(/one-secret|two-secret/)
})

test('what a machine can do with its voice detector is measured once, unless it could not be', async () => {
  let measured = 0
  const detector: Adapters['detector'] = async () => {
    measured += 1
    if (measured === 1) throw new Error('There is no model.')
    return { settings: { name: 'silero', model: 'silero_vad.onnx' }, mostCalls: measured }
  }
  const { use } = shareSpeech({ detector } as unknown as Adapters)
  await expect(use.detector('silero')).rejects.toThrow('There is no model.')
  expect((await use.detector('silero')).mostCalls).toBe(2)
  expect((await use.detector('silero')).mostCalls).toBe(2)
})
