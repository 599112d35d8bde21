import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import { inBucket } from '../../../src/adapters/recordings/in-bucket.js'
import { readPlace } from '../../../src/adapters/recordings/s3/place.js'
import { hashOfNothing, sign, type Unsigned } from '../../../src/adapters/recordings/s3/sign.js'
import { createWorkFolder, type WorkFolder } from '../../../src/adapters/recordings/work-folder.js'
import type { Clock } from '../../../src/ports/clock.js'

const page = (keys: string[], next = ''): string =>
  `<ListBucketResult>${keys.map(key => `<Contents><Key>${key}</Key></Contents>`).join('')}${next}</ListBucketResult>`

// The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, with their published key.
describe("requests are signed as in Amazon's published examples", () => {
  const credentials = { keyId: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
  const at = new Date('2013-05-24T00:00:00Z')
  const host = 'https://examplebucket.s3.amazonaws.com'
  const examples: [what: string, request: Partial<Unsigned> & { url: URL }, signature: string][] = [
    [
      'GET Object',
      { url: new URL(`${host}/test.txt`), headers: { range: 'bytes=0-9' } },
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'PUT Object',
      {
        method: 'PUT',
        url: new URL(`${host}/test%24file.text`),
        headers: { 'date': 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
        bodyHash: '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      },
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ],
    ['GET Bucket Lifecycle', { url: new URL(`${host}/?lifecycle`) }, 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
    ['List Objects', { url: new URL(`${host}/?max-keys=2&prefix=J`) }, '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
  ]
  test.each(examples)('%s', (_, request, signature) => {
    const { authorization } = sign({ method: 'GET', headers: {}, bodyHash: hashOfNothing, ...request }, 'us-east-1', credentials, at)
    expect(authorization).toContain(`Credential=${credentials.keyId}/20130524/us-east-1/s3/aws4_request,`)
    expect(authorization).toMatch(new RegExp(`,Signature=${signature}$`))
  })
})

describe('a bucket is reached', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }
  test('at Amazon by the name of its host, and one with dots by its path', () => {
    expect(readPlace('s3://calls/a/b/', { ...keys, AWS_REGION: 'eu-west-1' })).toMatchObject({
      url: 's3://calls/a/b',
      prefix: 'a/b/',
      base: new URL('https://calls.s3.eu-west-1.amazonaws.com/'),
    })
    expect(readPlace('s3://my.calls', keys).base.href).toBe('https://s3.us-east-1.amazonaws.com/my.calls/')
  })

  test('at another server by its path', () => {
    expect(readPlace('s3://calls', { ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:9000/minio/' })).toMatchObject({
      url: 's3://calls',
      prefix: '',
      base: new URL('http://127.0.0.1:9000/minio/calls/'),
    })
  })

  test('only with credentials, and at an address', () => {
    expect(() => readPlace('s3://calls', { AWS_ACCESS_KEY_ID: 'a' })).toThrow(/AWS_SECRET_ACCESS_KEY are not set/)
    expect(() => readPlace('s3://calls', { ...keys, AWS_ENDPOINT_URL: 'minio:9000' })).toThrow(/AWS_ENDPOINT_URL is not an http/)
  })
})

describe('a server that', () => {
  let work: WorkFolder
  let answers: ((request: IncomingMessage, response: ServerResponse) => void)[]
  let asked: string[]
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    request.resume()
    const answer = answers.shift() ?? ((_, other) => other.end())
    request.on('end', () => answer(request, response))
  })
  beforeEach(async () => {
    work = createWorkFolder()
    ;[answers, asked] = [[], []]
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => {
    work[Symbol.dispose]()
    server.closeAllConnections()
    server.close()
  })
  /** Waits take no time. */
  const clock: Clock = { ...systemClock, after: (_, done) => systemClock.after(0, done) }
  const open = (token?: string) => {
    const { port } = server.address() as AddressInfo
    const environment = {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'hush-hush-hush',
      ...(token !== undefined && { AWS_SESSION_TOKEN: token }),
    }
    return inBucket('s3://calls/here', work, { environment, clock, network: {} })
  }

  test('is busy is asked again', async () => {
    const recordings = await open()
    writeFileSync(join(recordings.of('7').begin(), '1-1.wav'), 'sound')
    answers.push(
      (_, response) => response.writeHead(503).end(),
      (request, response) => (request.socket.destroy(), response.destroy()),
    )
    expect(await recordings.of('7').keep('1-1.wav')).toBe('s3://calls/here/7/1-1.wav')
    expect(asked).toEqual(['PUT /calls/here/.callsheet', ...Array<string>(3).fill('PUT /calls/here/7/1-1.wav')])
  })

  test('refuses is told of before the first call, without the key', async () => {
    const xml =
      '<Error><Code>SignatureDoesNotMatch</Code><Message>Wrong &amp; bad</Message><StringToSign>hush-hush-hush</StringToSign></Error>'
    answers.push((_, response) => response.writeHead(403).end(xml))
    const why = await open().catch((cause: unknown) => (cause as Error).message)
    expect(why).toMatch(/^s3:\/\/calls\/here at 127\.0\.0\.1:\d+ refuses: SignatureDoesNotMatch: Wrong & bad\. Check the bucket/)
    expect(why).not.toContain('hush')
  })

  test('has the bucket in another region says in which', async () => {
    answers.push((_, response) => response.writeHead(301, { 'x-amz-bucket-region': 'eu-north-1' }).end())
    await expect(open()).rejects.toThrow('Set AWS_REGION to eu-north-1.')
  })

  test('wants a session token gets it, signed', async () => {
    let headers: IncomingMessage['headers'] = {}
    answers.push((request, response) => ((headers = request.headers), response.end()))
    await open('a-session')
    expect(headers['x-amz-security-token']).toBe('a-session')
    expect(headers.authorization).toMatch(/SignedHeaders=\S*x-amz-security-token/)
  })

  test('is not there cannot be reached', async () => {
    const promised = open()
    server.closeAllConnections()
    server.close()
    await expect(promised).rejects.toThrow(/cannot be reached at 127\.0\.0\.1/)
  })

  test('lists more than a page is emptied to the end', async () => {
    const recordings = await open()
    answers.push(
      (_, response) => response.end(page(['here/7/1-1.wav'], '<NextContinuationToken>a+b/c=</NextContinuationToken>')),
      (_, response) => response.writeHead(204).end(),
      (_, response) => response.end(page(['here/7/2-1.wav'])),
      (_, response) => response.writeHead(204).end(),
    )
    await recordings.forget('7')
    expect(asked.slice(1)).toEqual([
      'GET /calls/?list-type=2&encoding-type=url&prefix=here%2F7%2F',
      'DELETE /calls/here/7/1-1.wav',
      'GET /calls/?list-type=2&encoding-type=url&prefix=here%2F7%2F&continuation-token=a%2Bb%2Fc%3D',
      'DELETE /calls/here/7/2-1.wav',
    ])
  })
})
