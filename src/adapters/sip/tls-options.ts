/** How TLS identifies both sides. Keys and certificates are in PEM. */
export interface TlsOptions {
  /** The authorities that we trust instead of those of Node. */
  readonly ca?: string | string[] | undefined
  /** Our own certificate, for those who connect to us, and for those who ask for one. */
  readonly cert?: string | undefined
  readonly key?: string | undefined
  /** Whether a peer's certificate must be valid for the name in its URI: yes, unless `false`. */
  readonly rejectUnauthorized?: boolean | undefined
}
