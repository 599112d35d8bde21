import type { CallEnd } from './call-end.js'
import type { Trace } from './trace.js'
import type { Transfer } from './transfer.js'

/** One call, whoever placed it. */
export interface SipCall {
  /** Its Call-ID. */
  readonly id: string
  readonly trace: Trace
  /** True once it is answered; false if it ends before. Never rejects. */
  readonly answered: Promise<boolean>
  /** Never rejects. */
  readonly ended: Promise<CallEnd>
  /** Puts the far side on hold, or takes it off. @returns Whether it agreed. */
  hold(isHeld: boolean): Promise<boolean>
  /** Tells of a key by INFO. @returns Whether the far side took it. */
  press(key: string, durationMs?: number): Promise<boolean>
  /** Cancels a call that is not answered, and hangs up one that is. Resolves once the far side knows, or cannot be told. */
  hangUp(): Promise<void>
}

/** What happens in a call before it ends. */
export interface CallListener {
  /** A provisional response of a call of ours: 180, 183 ... */
  ringing?(status: number): void
  /** The media accepted a description before the call was answered: there may be something to hear. */
  earlyMedia?(): void
  transferred?(transfer: Transfer): void
}
