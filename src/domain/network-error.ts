/** The root of a connection error. */
export interface NetworkError {
  /** The code of Node, undici, OpenSSL or DNS; `''` if there is none. */
  readonly code: string
  readonly name: string
  readonly message: string
}

/** Finds the root of a connection error: the first of several (one per address of a host), or the innermost wrapped one. */
export function networkErrorOf(error: unknown): NetworkError {
  if (error instanceof AggregateError && error.errors.length > 0) return networkErrorOf(error.errors[0])
  if (!(error instanceof Error)) return { code: '', name: '', message: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === '' && error.cause instanceof Error) return networkErrorOf(error.cause)
  return { code, name: error.name, message: withoutAddress(withoutOpenSslTrace(error.message)) }
}

/**
 * How TLS failed.
 *
 * - `untrusted`: we do not trust the certificate's issuer.
 * - `expired`: the certificate is not valid now.
 * - `other_host`: the certificate is for other hosts.
 * - `handshake`: the other side does not speak TLS, or no version of ours, or wants a certificate of ours.
 * - `cut_off`: the other side closed the connection during the handshake. Only here a retry may help.
 */
export type TlsProblem = 'untrusted' | 'expired' | 'other_host' | 'handshake' | 'cut_off'

/** `undefined` if the error is not about TLS. */
export function tlsProblemOf({ code, message }: NetworkError): TlsProblem | undefined {
  // Node reports a connection closed during the handshake with a general code, ECONNRESET.
  if (message.includes('before secure TLS connection')) return 'cut_off'
  if (/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/.test(code)) return 'expired'
  if (/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/.test(code)) return 'other_host'
  if (/^(ERR_TLS|ERR_SSL|EPROTO)/.test(code)) return 'handshake'
  return untrustedCodes.test(code) ? 'untrusted' : undefined
}

/** @see https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const untrustedCodes = /^(CERT_|CRL_|UNABLE_TO_|ERROR_IN_C(ERT|RL)_|SELF_SIGNED|DEPTH_ZERO|PATH_LENGTH_EXCEEDED|INVALID_(CA|PURPOSE)$)/

/** Whether no connection was made, so nothing can have reached the other side. */
export function wasNeverConnected(error: NetworkError): boolean {
  return unconnectedCodes.has(error.code) || tlsProblemOf(error) !== undefined
}

const unconnectedCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_INVALID_ARG',
  'PROXY_FAILED',
])

/** OpenSSL's reason alone: its whole line has addresses of memory and source code in it. */
function withoutOpenSslTrace(message: string): string {
  return /:error:[\dA-F]+:[^:]*:[^:]*:([^:]+):/.exec(message)?.[1] ?? message
}

/** Without the address that a name leads to: whoever reads the error need not know the network that it happened in. */
function withoutAddress(message: string): string {
  return message.replace(/^(connect E[A-Z]+) .*$/, '$1')
}
