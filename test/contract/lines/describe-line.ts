import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FaultError, type Fault, type FaultCode } from '../../../src/domain/fault.js'
import type { Clock } from '../../../src/ports/clock.js'
import type { Dial, Line, LineEvent } from '../../../src/ports/line.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import { eventually } from '../channels/conduct-call.js'

/** The agent's end of one line, as a test leads it. */
export interface FarEnd {
  /** The caller's sound, message by message. */
  readonly frames: readonly Int16Array[]
  /** What else came from the caller: `begins`, `ends`, `keys 12#`, `reached m1`. */
  readonly signs: readonly string[]
  /** How the caller's side closed, once it has. */
  readonly closed: 'well' | 'badly' | undefined
  say(samples: Int16Array): void
  clear?(): void
  mark?(name: string): void
  speech?(is: 'begins' | 'ends'): void
  /** Closes in good order, or without a word. */
  hangUp(): void
  lose?(): void
}

/** How the agent takes a call: as usual, not at all, or only to drop it. */
export type Taking = 'usual' | 'refuse' | 'drop' | 'stall'

export interface LineUnderTest {
  dial(taking: Taking, clock: Clock): Dial
  /** The agent's end of the line that was opened last. */
  far(): Promise<FarEnd>
  /** How many connections the agent has. */
  underWay(): number
  stop(): Promise<void>
}

export interface LineTraits {
  readonly rate: number
  /** What the other side makes of a sample. Default: the same. */
  readonly heardAs?: (sample: number) => number
  readonly signs: readonly ('speech' | 'press' | 'clear' | 'marks')[]
  readonly ofAgent: readonly ('speech' | 'clear' | 'marks')[]
  /** How a refusal by status 403 comes out; absent for lines that cannot be refused so. */
  readonly refusal?: Partial<Fault>
  readonly dropped?: Partial<Fault>
  /** Whether the agent can be made to wait. */
  readonly isBounded: boolean
  /** What breaks the line, and the code of its fault. */
  readonly broken: readonly (readonly [title: string, send: (far: FarEnd) => void, code: FaultCode])[]
  /** What is odd and yet heard: how many samples come of it. */
  readonly odd: readonly (readonly [title: string, send: (far: FarEnd) => void, samples: number])[]
}

/** An open line, and what has come of it. */
export interface OpenedLine {
  readonly line: Line
  readonly far: FarEnd
  readonly events: readonly LineEvent[]
  abort(): void
  /** The samples heard so far. */
  heard(): number[]
}

/** A clock that knows how many of its timers run. */
export function countingClock(): { clock: Clock; running(): number } {
  const running = new Set<object>()
  const after: Clock['after'] = (ms, then) => {
    const timer = {}
    running.add(timer)
    const cancel = systemClock.after(ms, () => {
      running.delete(timer)
      then()
    })
    return () => {
      running.delete(timer)
      cancel()
    }
  }
  return { clock: { ...systemClock, after }, running: () => running.size }
}

export async function openLine(under: LineUnderTest, clock: Clock = systemClock): Promise<OpenedLine> {
  const control = new AbortController()
  const events: LineEvent[] = []
  // Warnings are for each line's own tests. Samples are only lent.
  const hear = (event: LineEvent): void =>
    void (event.type !== 'warned' && events.push(event.type === 'sound' ? { ...event, samples: event.samples.slice() } : event))
  const line = await under.dial('usual', clock)(hear, control.signal)
  return {
    line,
    far: await under.far(),
    events,
    abort: () => control.abort(new Error('Stopped')),
    heard: () => events.flatMap(event => (event.type === 'sound' ? [...event.samples] : [])),
  }
}

/** The fault that opening a line meets, or that breaks it at once. */
export async function faultOfDialling(dial: Dial): Promise<Fault> {
  const events: LineEvent[] = []
  try {
    await dial(event => void events.push(event), new AbortController().signal)
  } catch (error) {
    if (error instanceof FaultError) return error.fault
    throw error
  }
  await eventually(() => events.length > 0)
  const [first] = events
  if (first?.type === 'broke') return first.fault
  throw new Error(`Nothing broke; heard ${JSON.stringify(events)}`)
}

function waitForAbort(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
}

/** A frame of 20 ms with these samples at its beginning. */
export function frameOf(rate: number, ...samples: number[]): Int16Array {
  const frame = new Int16Array(rate / 50)
  frame.set(samples)
  return frame
}

/** What every line does. */
export function describeLine(name: string, start: () => Promise<LineUnderTest>, traits: LineTraits): void {
  const { rate, heardAs = sample => sample } = traits
  const heard = (samples: Int16Array): number[] => [...samples].map(heardAs)

  describe(`the ${name} line`, () => {
    let under: LineUnderTest
    beforeAll(async () => {
      under = await start()
    })
    afterAll(() => under.stop())

    test('carries frames of exactly 20 ms, in order', async () => {
      const { line, far } = await openLine(under)
      expect(line.rate).toBe(rate)
      const frames = [frameOf(rate, 1, -1, 32_767, -32_768), frameOf(rate), frameOf(rate, 1000, -20_000)]
      for (const frame of frames) line.send(frame)
      expect(await eventually(() => far.frames.length === 3)).toBe(true)
      expect(far.frames.map(frame => [...frame])).toEqual(frames.map(heard))
      expect(() => line.send(new Int16Array(3))).toThrow(RangeError)
      await line.hangUp()
    })

    test('does not need the frame that it sent any more', async () => {
      const { line, far } = await openLine(under)
      const frame = frameOf(rate, 20_000)
      line.send(frame)
      frame.fill(0)
      expect(await eventually(() => far.frames.length === 1)).toBe(true)
      expect(far.frames[0]?.[0]).toBe(heardAs(20_000))
      await line.hangUp()
    })

    test('hears sound of any size, in order', async () => {
      const { line, far, heard: heardSoFar } = await openLine(under)
      const said = [1, rate / 50, 777, 2 * rate].map((length, i) => new Int16Array(length).fill(1000 * (i + 1)))
      for (const samples of said) far.say(samples)
      const all = said.flatMap(heard)
      expect(await eventually(() => heardSoFar().length >= all.length)).toBe(true)
      expect(heardSoFar()).toEqual(all)
      await line.hangUp()
    })

    test.runIf(traits.ofAgent.includes('clear'))('hears what is to be dropped', async () => {
      const { line, far, events } = await openLine(under)
      far.say(new Int16Array(10))
      far.clear?.()
      expect(await eventually(() => events.length === 2)).toBe(true)
      expect(events.map(event => event.type)).toEqual(['sound', 'clear'])
      await line.hangUp()
    })

    test.runIf(traits.ofAgent.includes('marks'))('echoes a mark when it is reached, and not before', async () => {
      const { line, far, events } = await openLine(under)
      far.say(new Int16Array(10))
      far.mark?.('m "1"')
      far.mark?.('m2')
      expect(await eventually(() => events.length === 3)).toBe(true)
      expect(events.slice(1)).toEqual([
        { type: 'mark', name: 'm "1"' },
        { type: 'mark', name: 'm2' },
      ])
      line.send(frameOf(rate))
      await eventually(() => far.frames.length === 1)
      expect(far.signs).toEqual([])
      line.reached?.('m "1"')
      line.reached?.('m2')
      expect(await eventually(() => far.signs.length === 2)).toBe(true)
      expect(far.signs).toEqual(['reached m "1"', 'reached m2'])
      await line.hangUp()
    })

    test.runIf(traits.ofAgent.includes('speech'))("hears the agent's signs of speech", async () => {
      const { line, far, events } = await openLine(under)
      far.speech?.('begins')
      far.speech?.('ends')
      expect(await eventually(() => events.length === 2)).toBe(true)
      expect(events).toEqual([
        { type: 'speech', is: 'begins' },
        { type: 'speech', is: 'ends' },
      ])
      await line.hangUp()
    })

    test.runIf(traits.signs.includes('speech'))('tells where our speech begins and ends', async () => {
      const { line, far } = await openLine(under)
      line.speech?.('begins')
      line.send(frameOf(rate, 5))
      line.speech?.('ends')
      line.speech?.('begins')
      await line.hangUp()
      expect(await eventually(() => far.closed !== undefined)).toBe(true)
      expect(far.signs.slice(0, 3)).toEqual(['begins', 'ends', 'begins'])
    })

    test.runIf(traits.signs.includes('press'))('presses keys', async () => {
      const { line, far } = await openLine(under)
      line.press?.('12#')
      expect(await eventually(() => far.signs.join('') === 'keys 1keys 2keys #' || far.signs.join('') === 'keys 12#')).toBe(true)
      await line.hangUp()
    })

    test("egma #366: takes the agent's closing in good order for its hang-up, and hears nothing after it", async () => {
      const { line, far, events } = await openLine(under)
      far.say(new Int16Array(10))
      far.hangUp()
      expect(await eventually(() => events.at(-1)?.type === 'ended')).toBe(true)
      far.say(new Int16Array(10))
      line.send(frameOf(rate))
      line.reached?.('m1')
      await line.hangUp()
      expect(events.map(event => event.type)).toEqual(['sound', 'ended'])
      expect(await eventually(() => under.underWay() === 0)).toBe(true)
    })

    test('langwatch/scenario PR #989: does not take a lost connection for a hang-up', async () => {
      const { line, far, events } = await openLine(under)
      if (!far.lose) return line.hangUp()
      far.say(new Int16Array(10))
      await eventually(() => events.length === 1)
      far.lose()
      expect(await eventually(() => events.length === 2)).toBe(true)
      expect(events[1]).toMatchObject({ type: 'broke', fault: { by: 'agent' } })
      await line.hangUp()
      expect(events.length).toBe(2)
    })

    test('hangs up in good order, once, and hears nothing after it', async () => {
      const { line, far, events } = await openLine(under)
      line.send(frameOf(rate))
      await Promise.all([line.hangUp(), line.hangUp()])
      await line.hangUp()
      far.say(new Int16Array(10))
      line.send(frameOf(rate))
      expect(await eventually(() => far.closed !== undefined)).toBe(true)
      expect([far.closed, far.frames.length, events]).toEqual(['well', 1, []])
      expect(await eventually(() => under.underWay() === 0)).toBe(true)
    })

    test.each(['usual', 'stall'] as const)('that is aborted leaves nothing behind (%s)', async taking => {
      const { clock, running } = countingClock()
      const control = new AbortController()
      const reason = new Error('Stopped')
      const opened = under.dial(taking, clock)(() => {}, control.signal)
      const came = opened.then(
        async line => {
          await waitForAbort(control.signal)
          return line.hangUp()
        },
        (cause: unknown) => cause,
      )
      if (taking === 'usual') await opened.then(() => under.far())
      else await eventually(() => under.underWay() === 1)
      const before = performance.now()
      control.abort(reason)
      expect(await eventually(() => under.underWay() === 0 && running() === 0)).toBe(true)
      // 100 ms is promised; the rest is for a busy machine.
      expect(performance.now() - before).toBeLessThan(400)
      expect(await came).toBe(taking === 'stall' ? reason : undefined)
    })

    test('does not open what is aborted already', async () => {
      const reason = new Error('Stopped')
      await expect(under.dial('usual', systemClock)(() => {}, AbortSignal.abort(reason))).rejects.toBe(reason)
    })

    test.runIf(traits.refusal)('that is refused tells the status', async () => {
      expect(await faultOfDialling(under.dial('refuse', systemClock))).toMatchObject(traits.refusal!)
    })

    test.runIf(traits.dropped)('that is accepted and dropped at once says what may be wrong', async () => {
      const fault = await faultOfDialling(under.dial('drop', systemClock))
      expect(fault).toMatchObject(traits.dropped!)
      expect(fault.message).toMatch(/accepted the call/)
    })

    test.each(traits.broken)('is broken by %s', async (_title, send, code) => {
      const { line, far, events } = await openLine(under)
      send(far)
      expect(await eventually(() => events.at(-1)?.type === 'broke')).toBe(true)
      expect(events.at(-1)).toMatchObject({ fault: { by: 'agent', code } })
      expect(events.filter(event => event.type === 'broke').length).toBe(1)
      await line.hangUp()
      expect(await eventually(() => under.underWay() === 0)).toBe(true)
    })

    test.each(traits.odd)('is not broken by %s', async (_title, send, samples) => {
      const { line, far, events, heard: heardSoFar } = await openLine(under)
      send(far)
      expect(await eventually(() => heardSoFar().length >= samples)).toBe(true)
      far.hangUp()
      expect(await eventually(() => events.at(-1)?.type === 'ended')).toBe(true)
      expect(heardSoFar().length).toBe(samples)
      await line.hangUp()
    })

    test.runIf(traits.isBounded)('bounds a flood: beyond five minutes the agent has to wait until some of it is played', async () => {
      const control = new AbortController()
      let samples = 0
      const count = (event: LineEvent): void => void (samples += event.type === 'sound' ? event.samples.length : 0)
      const line = await under.dial('usual', systemClock)(count, control.signal)
      const far = await under.far()
      for (let second = 0; second < 600; second += 1) far.say(new Int16Array(rate))
      await eventually(() => samples > 300 * rate)
      await new Promise(resolve => setTimeout(resolve, 50))
      expect(samples).toBeLessThanOrEqual(330 * rate)
      for (let played = 0; played < 600 * 50 && samples < 600 * rate; played += 1) {
        line.send(frameOf(rate))
        if (played % 50 === 0) await new Promise(resolve => setImmediate(resolve))
      }
      expect(await eventually(() => samples === 600 * rate)).toBe(true)
      control.abort()
    })
  })
}
