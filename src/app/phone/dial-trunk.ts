import { readFile } from 'node:fs/promises'
import { readWav } from '../../adapters/audio/read-wav.js'
import { resample } from '../../adapters/audio/resample.js'
import { sipLine } from '../../adapters/channels/voice/lines/sip/sip-line.js'
import { Pacer } from '../../adapters/channels/voice/media/pacer.js'
import { openPhoneLine } from '../../adapters/channels/voice/phone/phone-line.js'
import { Phones, type PhonesUse } from '../../adapters/channels/voice/phone/phones.js'
import { FaultError } from '../../domain/fault.js'
import type { SipConnection } from '../../domain/connection.js'
import type { Clock } from '../../ports/clock.js'
import type { Line } from '../../ports/line.js'
import type { Trial } from './register-trunk.js'

export interface DialTrial {
  readonly connection: SipConnection
  /** A WAV file to play; silence without it. */
  readonly wav: string | undefined
  /** How long to stay on the line after that. */
  readonly seconds: number
  readonly via: PhonesUse
  readonly signal: AbortSignal
}

/** How long the far side of a call that is given up may take to say so. */
const partingMs = 300

/** Places one call, plays a sound, and hangs up. */
export async function dialTrunk({ connection, wav, seconds, via, signal }: DialTrial): Promise<Trial> {
  await using phones = new Phones(via)
  const { clock } = via
  let dialogue = ''
  let heard = 0
  let end: string | undefined
  const names = { result: 'trial', runId: 'trial', runKey: 'trial', scenario: { key: 'trial' }, agentVariables: {} }
  const call = { ...names, elapsedS: () => 0, hold: () => () => undefined, keep: (text: string) => void (dialogue = text) }
  try {
    const sound = wav === undefined ? undefined : await soundIn(wav)
    const line = await openPhoneLine(connection, { phones, use: { clock, concurrency: 1 }, call, signal })
    const over = new AbortController()
    const opened = await sipLine(line.signalling, line.name, { clock })(event => {
      if (event.type === 'sound') heard += event.samples.length
      if (event.type === 'broke') end = event.fault.message
      if (event.type === 'ended' || event.type === 'broke') over.abort()
    }, signal)
    const samples = sound && (await sound(opened.rate))
    await play(opened, samples ?? new Int16Array(0), { seconds, clock, signal: AbortSignal.any([signal, over.signal]) })
    await opened.hangUp()
    const heardS = heard / opened.rate
    const said = end ?? `The call was answered; ${heardS.toFixed(1)} s of sound came back.`
    return { isGood: end === undefined && heard > 0, said, dialogue }
  } catch (cause) {
    if (!(cause instanceof FaultError) && !signal.aborted) throw cause
    // The rest of the dialogue comes a little later: a call that was given up is cancelled first.
    await new Promise<void>(resolve => clock.after(signal.aborted ? partingMs : 0, resolve))
    return {
      isGood: false,
      said: cause instanceof FaultError ? cause.fault.message : 'The call was given up before it was answered.',
      dialogue,
    }
  }
}

/** A file cannot be played. */
export class UnplayableFile extends Error {
  override readonly name = 'UnplayableFile'
}

/** Reads a file before anybody is called. @throws {UnplayableFile} */
async function soundIn(path: string): Promise<(rate: number) => Promise<Int16Array>> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new UnplayableFile(`${path} cannot be read (${cause.code ?? cause.message}). Name a WAV file.`)
  })
  const wav = readWav(bytes)
  if (!('samples' in wav)) throw new UnplayableFile(`${path} is not a WAV file that can be played. Name one with PCM samples.`)
  return async rate => (await resample(wav, rate)).samples
}

interface Playing {
  readonly seconds: number
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** Sends sound, and silence after it, in the rhythm of calls. */
function play(line: Line, samples: Int16Array, { seconds, clock, signal }: Playing): Promise<void> {
  const frame = line.rate / 50
  const frames = Math.ceil(samples.length / frame) + seconds * 50
  return new Promise((resolve, reject) => {
    let sent = 0
    const pace = new Pacer(clock).start(() => {
      const next = new Int16Array(frame)
      next.set(samples.subarray(sent * frame, (sent + 1) * frame))
      line.send(next)
      sent += 1
      if (sent >= frames || signal.aborted) done()
    }, reject)
    signal.addEventListener('abort', done, { once: true })

    function done(): void {
      pace.stop()
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
