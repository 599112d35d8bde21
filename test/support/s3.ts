import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../suites/callsheet.js'
import { speechRig } from './speech-rig.js'

/** A Python with moto, a server of S3: one that is named, that of the speech server, or the system's. */
const python = [process.env['TEST_PYTHON'], speechRig?.python, 'python3'].find(
  each => each !== undefined && spawnSync(each, ['-c', 'import boto3, flask_cors, moto']).status === 0,
)

/** For `describe.skipIf`. */
export const isS3Missing = python === undefined

/** A server of S3 that runs, with the bucket `recordings`. It verifies signatures. */
export interface S3Server extends AsyncDisposable {
  readonly environment: Readonly<Record<string, string>>
}

export async function startS3(): Promise<S3Server> {
  const server = spawn(python ?? '', [join(root, 'test/agents/s3-server.py')], { stdio: ['pipe', 'pipe', 'ignore'] })
  const [line] = (await once(server.stdout, 'data')) as [Buffer]
  const { url, keyId, secret } = JSON.parse(line.toString()) as Record<'url' | 'keyId' | 'secret', string>
  return {
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: keyId,
      AWS_SECRET_ACCESS_KEY: secret,
    },
    async [Symbol.asyncDispose]() {
      const ended = once(server, 'exit')
      server.kill('SIGKILL')
      await ended
    },
  }
}
