import { dialogueOf } from '../../adapters/channels/voice/phone/dialogue.js'
import { Phones, type PhonesUse } from '../../adapters/channels/voice/phone/phones.js'
import type { Trunk } from '../../domain/trunk.js'

export interface ListenTrial {
  readonly trunk: Trunk
  readonly seconds: number
  readonly via: PhonesUse
  readonly signal: AbortSignal
  /** Called once calls can come in. */
  ready(): void
  /** Told of each call that came in, once it is over. */
  called(from: string, to: string, dialogue: string): void
}

/** Waits for calls, says busy to each, and tells of it. @returns How many came. @throws {FaultError} when nothing can reach us. */
export async function listenTrunk({ trunk, seconds, via, signal, ready, called }: ListenTrial): Promise<number> {
  await using phones = new Phones(via)
  const phone = await phones.phone(trunk, undefined)
  await phone.trust(trunk)
  ready()
  const told: Promise<void>[] = []
  const stop = phone.await({
    isFor: () => true,
    isFrom: () => true,
    take(call) {
      told.push(call.ended.then(() => called(call.from.user || call.from.uri, call.to.user, dialogueOf([call.trace], undefined))))
      call.refuse(486)
    },
    declined: () => undefined,
    strayed: () => undefined,
  })
  await new Promise<void>(resolve => {
    const cancel = via.clock.after(seconds * 1000, resolve)
    signal.addEventListener('abort', () => (cancel(), resolve()), { once: true })
  })
  stop()
  await Promise.all(told)
  return told.length
}
