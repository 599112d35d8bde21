import { dialogueOf } from '../../adapters/channels/voice/phone/dialogue.js'
import { registrationFault } from '../../adapters/channels/voice/phone/end-fault.js'
import { accountOf, Phones, type PhonesUse } from '../../adapters/channels/voice/phone/phones.js'
import type { Trunk } from '../../domain/trunk.js'

export type { PhonesUse }

/** What came of a trial. */
export interface Trial {
  readonly isGood: boolean
  /** In one sentence. */
  readonly said: string
  /** The SIP messages, and what came of the sound. */
  readonly dialogue: string
}

/** Registers at a trunk, and takes the registration back. */
export async function registerTrunk(trunk: Trunk, via: PhonesUse): Promise<Trial> {
  await using phones = new Phones(via)
  const { userAgent } = await phones.phone({ ...trunk, register: false }, undefined)
  const { account, credentials } = accountOf(trunk)
  const registration = await userAgent.register(account, credentials)
  const { state, trace } = registration
  await registration.end()
  const dialogue = dialogueOf([trace], undefined)
  if (state.kind !== 'lost' && state.kind !== 'refused')
    return { isGood: true, said: `${trunk.registrar} takes us${state.kind === 'registered' ? `, for ${state.expiresS} s` : ''}.`, dialogue }
  return { isGood: false, said: registrationFault(state.end, trunk).message, dialogue }
}
