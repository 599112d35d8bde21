import type { Random, SeededRandom } from '../../../ports/clock.js'
import type { Dial, Line, LineEvent } from '../../../ports/line.js'
import type { OpenDetector } from './detectors.js'
import { engineFault } from './engine-fault.js'
import { CallSound } from './media/call-sound.js'
import { callerShape } from './media/caller-shape.js'
import type { Pacer } from './media/pacer.js'
import { pcmFile } from './media/pcm-file.js'
import { Recorder } from './media/recorder.js'
import type { SoundShape } from './media/sound-shape.js'
import type { DialledCall, FromMedia, ToMedia } from './messages.js'
import { shapeOf } from './shape-of.js'
import type { CallerSurroundings } from './surroundings.js'

/** What the calls of a thread share. */
export interface MediaRoomUse {
  readonly pacer: Pacer
  post(message: FromMedia, transfer?: readonly ArrayBuffer[]): void
  /** The line of a call. */
  lineOf(call: DialledCall): Dial
  readonly random: SeededRandom
  readonly detector: OpenDetector
}

/** The calls of one thread. It takes messages, and answers with messages. */
export class MediaRoom {
  readonly #calls = new Map<number, RoomCall>()
  readonly #use: MediaRoomUse

  constructor(use: MediaRoomUse) {
    this.#use = use
  }

  take(message: ToMedia): void {
    if (message.type === 'dial') {
      const call = new RoomCall(message, this.#use)
      this.#calls.set(message.call, call)
      void call.conduct().finally(() => this.#calls.delete(message.call))
    } else this.#calls.get(message.call)?.take(message)
  }
}

type Dialled = Extract<ToMedia, { type: 'dial' }>

class RoomCall {
  readonly #dialled: Dialled
  readonly #use: MediaRoomUse
  readonly #dropped = new AbortController()
  /** What comes before the line is open: an agent may speak at once. */
  readonly #early: LineEvent[] = []
  #line: Line | undefined
  #sound: CallSound | undefined
  #rate = 0
  /** What utterances go through whose tags say so. What goes through the same goes on with it. */
  readonly #shapes = new Map<string, SoundShape>()
  #over!: () => void
  readonly #isOver = new Promise<void>(resolve => (this.#over = resolve))

  constructor(dialled: Dialled, use: MediaRoomUse) {
    this.#dialled = dialled
    this.#use = use
  }

  /** Dials, and carries the call to its end. Never throws. */
  async conduct(): Promise<void> {
    const { call } = this.#dialled
    const { post } = this.#use
    try {
      const line = await this.#dial()
      post(await this.#carry(line))
    } catch (cause) {
      if (!this.#dropped.signal.aborted) post({ type: 'failed', call, fault: engineFault(cause) })
      post({ type: 'closed', call })
    }
  }

  take(message: Exclude<ToMedia, Dialled>): void {
    switch (message.type) {
      case 'say': {
        const { through, ...utterance } = message
        return this.#sound?.say(through ? { ...utterance, shape: this.#shapeThrough(through) } : utterance)
      }
      case 'press':
        return this.#sound?.press(message.id, message.digits)
      case 'answer_tool':
        this.#line?.answerTool?.(message.id, message.output)
        return this.#sound?.take(message.returned)
      case 'voiced':
        return this.#line?.voiced?.(message.id, message.samples)
      case 'cut':
        return this.#sound?.cut(message.id)
      case 'mute':
        return this.#sound?.mute(message.isMuted)
      case 'hang_up':
        return this.#over()
      case 'drop':
        this.#dropped.abort()
        return this.#over()
    }
  }

  #dial(): Promise<Line> {
    const dial = this.#use.lineOf(this.#dialled)
    return dial(event => this.#hear(event), this.#dropped.signal)
  }

  #draw(name: string): Random {
    return this.#use.random(this.#dialled.seed, `${this.#dialled.name} ${name}`)
  }

  #shapeThrough(through: CallerSurroundings): SoundShape {
    const key = JSON.stringify(through.sound)
    const known = this.#shapes.get(key)
    if (known) return known
    const number = this.#shapes.size + 1
    const shape = callerShape({ ...through, rate: this.#rate, draw: each => this.#draw(`${each} ${number}`) })
    this.#shapes.set(key, shape)
    return shape
  }

  #hear(event: LineEvent): void {
    if (this.#sound) this.#sound.take(event)
    // A line only lends its samples.
    else this.#early.push(event.type === 'sound' ? { ...event, samples: event.samples.slice() } : event)
  }

  async #carry(line: Line): Promise<FromMedia> {
    const { call, quietMs, longestPieceS, tracks, sound: own } = this.#dialled
    const { pacer, post } = this.#use
    this.#line = line
    this.#rate = line.rate
    const detector = await this.#use.detector(this.#dialled.detector, line.rate)
    const shape = await shapeOf(own, line.rate, each => this.#draw(each))
    const recorder = tracks === undefined ? undefined : new Recorder(pcmFile(tracks))
    const sound = new CallSound({
      line,
      detector,
      detectorName: this.#dialled.detector.name,
      quietMs,
      longestPieceS,
      ...(shape && { shape }),
      ...(recorder && { recorder }),
      emit: event => {
        post({ type: 'sound', call, event }, event.type === 'heard' ? [event.samples.buffer as ArrayBuffer] : [])
        if (event.type === 'ended' || event.type === 'broke') this.#over()
      },
    })
    const pace = pacer.start(
      () => sound.tick(),
      cause => sound.take({ type: 'broke', fault: engineFault(cause) }),
    )
    post({ type: 'answered', call, rate: line.rate, answeredAtMs: performance.timeOrigin + performance.now() })
    this.#sound = sound
    for (const event of this.#early.splice(0)) sound.take(event)
    await this.#isOver
    const measured = sound.close(pace.stop())
    detector.free?.()
    await Promise.all([line.hangUp(), recorder?.close()])
    return { type: 'closed', call, sound: measured }
  }
}
