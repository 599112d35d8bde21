import { createHash, createHmac } from 'node:crypto'

/** Who asks. */
export interface Credentials {
  readonly keyId: string
  readonly secret: string
  /** Of temporary credentials. */
  readonly sessionToken?: string
}

export interface Unsigned {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  /** With its path as it is sent, and at most simple parameters. */
  readonly url: URL
  /** Names in lower case. All of them are signed. */
  readonly headers: Readonly<Record<string, string>>
  /** SHA-256 of the body, in hexadecimal. */
  readonly bodyHash: string
}

export const hashOfNothing = createHash('sha256').digest('hex')

/**
 * The headers of a request to S3, signed with Signature Version 4.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function sign(request: Unsigned, region: string, { keyId, secret, sessionToken }: Credentials, at: Date): Record<string, string> {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`
  const headers: Record<string, string> = {
    ...request.headers,
    'host': request.url.host,
    'x-amz-content-sha256': request.bodyHash,
    'x-amz-date': time,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  }
  const signed = Object.keys(headers).toSorted()
  const canonical = [
    request.method,
    request.url.pathname,
    canonicalQuery(request.url.searchParams),
    ...signed.map(name => `${name}:${headers[name]?.trim()}`),
    '',
    signed.join(';'),
    request.bodyHash,
  ].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const key = scope.split('/').reduce<string | Buffer>((derived, part) => hmac(derived, part), `AWS4${secret}`)
  const signature = hmac(key, toSign).toString('hex')
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${keyId}/${scope},SignedHeaders=${signed.join(';')},Signature=${signature}`,
  }
}

/** As S3 wants it: each byte outside `A-Za-z0-9-._~` is escaped. */
export function escapeS3(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

function canonicalQuery(parameters: URLSearchParams): string {
  return [...parameters]
    .map(([name, value]) => `${escapeS3(name)}=${escapeS3(value)}`)
    .toSorted()
    .join('&')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
