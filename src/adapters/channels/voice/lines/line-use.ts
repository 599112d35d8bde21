import type { Environment } from '../../../../domain/environment.js'
import { createMask } from '../../../../domain/mask.js'
import type { Secret } from '../../../../domain/secret.js'
import type { ChannelUse } from '../../../../ports/channel.js'
import type { Clock } from '../../../../ports/clock.js'
import { openNetwork } from '../../../network/open-network.js'
import { createEgress } from '../../egress.js'
import type { CallServer } from './rest/call-server.js'

/** What lines use. */
export interface LineUse extends Pick<ChannelUse, 'clock' | 'egress' | 'network' | 'mask'> {
  /** The REST interface by which agents may end calls. All calls of a thread share one. */
  readonly calls: CallServer
  /** Whether words that a transport speaks for the agent are given their sound. */
  readonly speaks: boolean
}

/** What a {@link LineUse} is made from on another thread: plain data. */
export interface LineUseSettings {
  /** Its variables name proxies and certificates. */
  readonly environment: Environment
  /** Masked in what faults quote. */
  readonly secrets: readonly Secret[]
  /** Present if the agent's address came with a request: hosts that are allowed beside those of the public network. */
  readonly allowedHosts?: readonly string[]
  /** As of {@link LineUse}. Default: no. */
  readonly speaks?: boolean
}

/** Makes what the lines of some calls use. */
export function openLineUse(
  { environment, secrets, allowedHosts, speaks = false }: LineUseSettings,
  clock: Clock,
  calls: CallServer,
): LineUse {
  return {
    clock,
    calls,
    speaks,
    network: openNetwork(environment),
    mask: createMask(secrets),
    ...(allowedHosts && { egress: createEgress(allowedHosts) }),
  }
}
