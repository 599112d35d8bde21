import { FaultError } from '../../../../../domain/fault.js'
import type { Line, LineEvent } from '../../../../../ports/line.js'
import { engineFault } from '../../engine-fault.js'
import { whileOpen } from '../while-open.js'
import type { RestOrder, ServedCall } from '../rest/rest-api.js'
import { FrameTime } from './frame-time.js'
import { Keypad } from './keypad.js'
import { SaidWords } from './said-words.js'
import type { Reach } from './reach.js'
import { walkTwiml } from './walk-twiml.js'
import type { Document } from './walk.js'

/** A call that walks through TwiML, and speaks over the stream that this leads to. */
export class TwilioCall implements Pick<ServedCall, 'complete' | 'goOn'> {
  readonly #hear: (event: LineEvent) => void
  readonly #over = new AbortController()
  readonly #time = new FrameTime()
  readonly #keys = new Keypad()
  readonly #words: SaidWords
  readonly #speaks: boolean
  #state: 'ringing' | 'answered' | 'over' = 'ringing'
  #stream: Line | undefined
  /** What the agent has ordered the call to go on with, and what makes it do so. */
  #order: RestOrder | undefined
  #interrupt = new AbortController()

  /** @param speaks  Whether the words of `Say` are given their sound. */
  constructor(hear: (event: LineEvent) => void, speaks: boolean) {
    this.#hear = hear
    this.#words = new SaidWords(event => this.#tell(event))
    this.#speaks = speaks
  }

  /**
   * Resolves when the agent takes the call.
   *
   * @throws {FaultError} when it is not reached, refuses or rejects the call. When the signal aborts, its reason.
   */
  dial(reach: Reach, signal: AbortSignal): Promise<Line> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const cutOff = (): void => this.#conclude(signal.reason as Error)
      signal.addEventListener('abort', cutOff, { once: true })
      this.#over.signal.addEventListener('abort', () => signal.removeEventListener('abort', cutOff))
      const answered = (): void => {
        if (this.#state !== 'ringing') return
        this.#state = 'answered'
        resolve(this.#line())
      }
      const failed = (error: unknown): void => {
        if (this.#state === 'answered') return this.#finish({ type: 'broke', fault: engineFault(error) })
        this.#conclude(error)
        reject(error)
      }
      const ended = (): void => {
        answered()
        this.#finish({ type: 'ended' })
        if (signal.aborted) reject(signal.reason as Error)
      }
      this.#walk(reach, answered).then(ended, failed)
    })
  }

  /** Aborts when the call is over. */
  get over(): AbortSignal {
    return this.#over.signal
  }

  complete(): void {
    if (this.#state === 'over') return
    this.#state = 'over'
    this.#hear({ type: 'ended' })
    void this.#close(this.#stream)
  }

  goOn(to: RestOrder): void {
    this.#order = to
    this.#interrupt.abort()
  }

  async #walk(reach: Reach, answered: () => void): Promise<void> {
    let document = await reach.begin(this.#over.signal)
    for (;;) {
      this.#interrupt = new AbortController()
      const signal = AbortSignal.any([this.#over.signal, this.#interrupt.signal])
      try {
        return await this.#walkFrom(document, reach, answered, signal)
      } catch (error) {
        if (!this.#order || this.#over.signal.aborted) throw error
        document = await this.#ordered(document, reach, this.#order)
      }
    }
  }

  #ordered(document: Document, reach: Reach, order: RestOrder): Document | Promise<Document> {
    this.#order = undefined
    if ('twiml' in order) return reach.read(document, order.twiml)
    return reach.request(document, { ...order, form: {} }, this.#over.signal)
  }

  #walkFrom(document: Document, reach: Reach, answered: () => void, signal: AbortSignal): Promise<void> {
    return walkTwiml(document, {
      time: this.#time,
      keys: this.#keys,
      signal,
      hear: event => this.#tell(event),
      answered,
      request: (from, next) => reach.request(from, next, signal),
      voice: async (words, unwanted) => (this.#speaks ? this.#words.ask(words, unwanted) : undefined),
      file: (from, url) => reach.file(from, url, signal),
      stream: (from, url, parameters) => this.#connect(reach, { from, url, parameters }, answered, signal),
    })
  }

  /** Resolves once the agent has closed the stream in good order. */
  #connect(reach: Reach, asked: Connected, answered: () => void, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      let hasLeft = false
      const hear = (event: LineEvent): void => {
        if (event.type === 'ended') leave(resolve)
        else if (event.type === 'broke') leave(() => reject(new FaultError(event.fault)))
        else this.#tell(event)
      }
      const leave = (then: () => void): void => {
        hasLeft = true
        this.#stream = undefined
        signal.removeEventListener('abort', goOn)
        then()
      }
      /** The agent has ordered something else: the stream ends in good order. */
      const goOn = (): void => {
        void this.#stream?.hangUp()
        leave(() => reject(signal.reason as Error))
      }
      const opened = (stream: Line): void => {
        answered()
        if (hasLeft) return
        this.#stream = stream
        if (signal.aborted) goOn()
        else signal.addEventListener('abort', goOn, { once: true })
      }
      reach.openStream({ ...asked, hear, signal: this.#over.signal }).then(opened, reject)
    })
  }

  #line(): Line {
    const own: Omit<Line, 'hangUp'> = {
      rate: 8_000,
      send: frame => {
        this.#stream?.send(frame)
        this.#time.pass(frame)
      },
      press: digits => {
        if (this.#stream) this.#stream.press?.(digits)
        else this.#keys.press(digits)
      },
      voiced: (id, samples) => this.#words.take(id, samples),
      reached: mark => this.#stream?.reached?.(mark),
    }
    return {
      ...whileOpen(own, () => this.#state === 'answered'),
      hangUp: () => {
        this.#state = 'over'
        return this.#close(this.#stream)
      },
    }
  }

  /** Closes a stream in good order before everything else ends. */
  async #close(stream: Line | undefined): Promise<void> {
    await stream?.hangUp()
    this.#conclude(new Error('The call is over.'))
  }

  #tell(event: LineEvent): void {
    if (this.#state !== 'over') this.#hear(event)
  }

  #finish(event: LineEvent): void {
    if (this.#state === 'over') return
    this.#state = 'over'
    this.#hear(event)
    this.#conclude(new Error('The call is over.'))
  }

  /** Ends everything that is left of the call. */
  #conclude(reason: unknown): void {
    this.#state = 'over'
    this.#over.abort(reason)
  }
}

interface Connected {
  readonly from: Document
  readonly url: string
  readonly parameters: Readonly<Record<string, string>>
}
