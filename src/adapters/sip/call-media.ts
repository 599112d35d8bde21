/**
 * The media of one call, as signalling needs it: session descriptions out and in (RFC 3264). SDP is opaque to signalling, which
 * never has two exchanges of offer and answer open at once.
 */
export interface CallMedia {
  /**
   * Our offer, for an INVITE, a re-INVITE or an UPDATE: the same session with a higher version. If it is refused, `accept` is never
   * called for it, and the session stays as it was.
   *
   * @param how.hold  Whether to put the call on hold. Without it, the call stays as it is.
   */
  offer(how?: { readonly hold?: boolean }): Promise<string>
  /**
   * Our answer to their offer: the first, a hold, its end, a refresh.
   *
   * @throws {NoCommonMedia} Signalling answers 488.
   */
  answer(offer: string): Promise<string>
  /**
   * Their answer to our offer, from a 18x, a 200 or an ACK. Called again if another branch of a forked call answers the same offer:
   * the last one counts.
   *
   * @throws {NoCommonMedia} Signalling ends the call.
   */
  accept(answer: string): Promise<void>
  /** Keys that came by INFO (application/dtmf-relay, application/dtmf). */
  keyed(digits: string): void
  /** The call is over. Called once. */
  close(): void
}

/** Offer and answer have no codec in common, or only one side requires SRTP. */
export class NoCommonMedia extends Error {
  override readonly name = 'NoCommonMedia'
}
