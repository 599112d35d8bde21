import { createHash } from 'node:crypto'
import type { CallNames } from '../../headers.js'

/** What Twilio calls by names of its own: two letters and 32 hexadecimal digits. The same run has the same names. */
export interface Sids {
  readonly account: string
  readonly call: string
  /** Of a relay. */
  readonly session: string
  /** @param nth  Of the streams of the call, from 0. */
  stream(nth: number): string
}

export function sidsOf({ result, runId }: Pick<CallNames, 'result' | 'runId'>, accountSid: string | undefined): Sids {
  return {
    account: accountSid ?? `AC${digits('account')}`,
    call: `CA${digits(`call ${result}/${runId}`)}`,
    session: `VX${digits(`session ${result}/${runId}`)}`,
    stream: nth => `MZ${digits(`stream ${result}/${runId}/${nth}`)}`,
  }
}

function digits(of: string): string {
  return createHash('sha256').update(`callsheet ${of}`).digest('hex').slice(0, 32)
}
