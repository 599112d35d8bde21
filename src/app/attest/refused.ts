/** What somebody wants to attest or sign cannot be. The message says why, and what to do. */
export class AttestRefused extends Error {
  override readonly name = 'AttestRefused'
  /** @param why  In sentences. @param next  What to do about it on the command line. */
  constructor(
    readonly why: string,
    { next, cause }: { readonly next?: string; readonly cause?: unknown } = {},
  ) {
    super(next === undefined ? why : `${why} ${next}`, cause === undefined ? {} : { cause })
  }
}
