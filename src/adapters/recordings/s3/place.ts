import type { Environment } from '../../../domain/environment.js'
import { StoreError } from '../../../ports/store.js'
import { escapeS3, type Credentials } from './sign.js'

/** A part of a bucket, and how it is reached. */
export interface BucketPlace {
  /** `s3://bucket/prefix`, without a slash at its end. */
  readonly url: string
  /** Before the keys of all objects; empty, or with a slash at its end. */
  readonly prefix: string
  readonly region: string
  readonly credentials: Credentials
  /** The address of the bucket, with `/` at its end. */
  readonly base: URL
}

/**
 * Reads an `s3://` address, and the variables that the AWS tools read too.
 *
 * @throws {StoreError} when there are no credentials, or the endpoint is no address.
 */
export function readPlace(url: string, environment: Environment): BucketPlace {
  const [, bucket = '', rest = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(url) ?? []
  const prefix = rest.split('/').filter(Boolean).join('/')
  const region = environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || 'us-east-1'
  return {
    url: `s3://${bucket}${prefix && `/${prefix}`}`,
    prefix: prefix && `${prefix}/`,
    region,
    credentials: credentialsIn(environment, url),
    base: baseOf(bucket, region, environment['AWS_ENDPOINT_URL_S3'] || environment['AWS_ENDPOINT_URL']),
  }
}

function credentialsIn(environment: Environment, url: string): Credentials {
  const { AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: sessionToken } = environment
  if (keyId && secret) return { keyId, secret, ...(sessionToken && { sessionToken }) }
  throw new StoreError(
    'unwritable',
    `Recordings cannot be kept in ${url}: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set. Set both; profiles and roles of a machine are not read.`,
  )
}

/** Amazon wants the bucket in the host's name, where that makes a name for certificates; other servers seldom know it there. */
function baseOf(bucket: string, region: string, endpoint: string | undefined): URL {
  if (endpoint) return pathStyle(endpointUrl(endpoint), bucket)
  const host = `s3.${region}.amazonaws.com`
  return bucket.includes('.') ? pathStyle(new URL(`https://${host}/`), bucket) : new URL(`https://${bucket}.${host}/`)
}

function pathStyle(endpoint: URL, bucket: string): URL {
  return new URL(`${endpoint.pathname.replace(/\/$/, '')}/${escapeS3(bucket)}/`, endpoint)
}

function endpointUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new StoreError('unwritable', 'AWS_ENDPOINT_URL is not an http or https address. Correct it, or unset it for Amazon S3.')
}
