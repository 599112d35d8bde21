import { FaultError } from '../../../../domain/fault.js'
import { lineFaults } from '../../../../domain/faults/line-faults.js'
import { isRecord, parseJson } from '../../../../domain/json-value.js'
import type { Place } from '../../../../domain/place.js'
import type { LineEvent } from '../../../../ports/line.js'
import { samplesOf } from './pcm.js'

/** The sound of an agent in binary messages: samples of 16 bits, the low byte first, that may be cut anywhere. */
export class BinarySound {
  readonly #hear: (event: LineEvent) => void
  readonly #place: Place
  /** A byte that waits for the other half of its sample. */
  #half: Buffer | undefined
  #hasWarned = false

  constructor(hear: (event: LineEvent) => void, place: Place) {
    this.#hear = hear
    this.#place = place
  }

  /** @throws {FaultError} when the message is JSON. */
  read(bytes: Buffer): void {
    if (bytes[0] === 0x7b && isRecord(parseJson(bytes.toString()))) {
      throw new FaultError(lineFaults.jsonForSound({ place: this.#place, text: bytes.toString() }))
    }
    if (bytes.length % 2 === 1) this.#warn(bytes.length)
    const whole = this.#half ? Buffer.concat([this.#half, bytes]) : bytes
    this.#half = whole.length % 2 === 1 ? whole.subarray(-1) : undefined
    if (whole.length > 1) this.#hear({ type: 'sound', samples: samplesOf(whole) })
  }

  #warn(bytes: number): void {
    if (this.#hasWarned) return
    this.#hasWarned = true
    const warning = `${this.#place.name} sent ${bytes} bytes of sound in one message. A sample has two: send even numbers.`
    this.#hear({ type: 'warned', warning })
  }
}
