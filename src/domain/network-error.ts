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
  return { code, name: error.name, message: error.message }
}

/** Whether TLS failed: we do not trust the certificate, or the other side does not speak TLS or refuses ours. */
export function isTlsError({ code, message }: NetworkError): boolean {
  // Node reports a connection closed during the handshake with a general code, ECONNRESET.
  return tlsCodes.test(code) || message.includes('before secure TLS connection')
}

/** @see https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const tlsCodes =
  /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|CRL_|UNABLE_TO_|ERROR_IN_C(ERT|RL)_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED|INVALID_(CA|PURPOSE)$)/

/** Whether no connection was made, so nothing can have reached the other side. */
export function wasNeverConnected(error: NetworkError): boolean {
  return unconnectedCodes.has(error.code) || isTlsError(error)
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
])
