import type { Place } from '../../../../../domain/place.js'
import type { Samples } from '../../../../../domain/samples.js'
import type { LineEvent } from '../../../../../ports/line.js'
import type { NoWav } from '../../../../audio/read-wav.js'
import type { FrameTime } from './frame-time.js'
import type { Keypad } from './keypad.js'
import type { Verb } from './twiml.js'

/** A TwiML document, and where it came from. */
export interface Document {
  readonly url: string
  readonly place: Place
  readonly verbs: readonly Verb[]
}

/** What verbs act on. */
export interface Walk {
  readonly time: FrameTime
  readonly keys: Keypad
  readonly signal: AbortSignal
  hear(event: LineEvent): void
  /** The agent has taken the call. */
  answered(): void
  /** Connects a stream, and resolves once the agent has closed it. @throws {FaultError} */
  stream(from: Document, url: string, parameters: Readonly<Record<string, string>>): Promise<void>
  /** The sound of a file, at the rate of the telephone. @param url  Of the verb, perhaps relative to the document. @throws {FaultError} */
  file(from: Document, url: string): Promise<Samples | NoWav>
  /** The sound of words, at the rate of the telephone; `undefined` if nothing speaks. @throws The signal's reason, when it aborts. */
  voice(words: string, signal: AbortSignal): Promise<Int16Array | undefined>
  /** Asks for the next document. @param url  Of the verb, perhaps relative to the document. @throws {FaultError} */
  request(from: Document, next: Next): Promise<Document>
}

/** Where a verb goes on. */
export interface Next {
  readonly url: string
  readonly method: string | undefined
  readonly form: Readonly<Record<string, string>>
}
