import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment } from '../../domain/environment.js'
import type { Clock } from '../../ports/clock.js'
import type { Network } from '../../ports/network.js'
import type { Recordings } from '../../ports/recordings.js'
import { recordingName } from './recording-name.js'
import { openBucket } from './s3/bucket.js'
import { readPlace } from './s3/place.js'
import type { WorkFolder } from './work-folder.js'

/** What is written to see whether the bucket takes it. */
const probe = '.callsheet'

export interface BucketUse {
  readonly environment: Environment
  readonly clock: Clock
  readonly network: Partial<Network>
}

/**
 * Keeps recordings in a bucket of S3 or of a server that speaks its protocol: `s3://<bucket>/<prefix>/<result>/<name>`, as the journal names
 * them. Something is written there at once, so that what is wrong is told before the first call.
 *
 * @throws {StoreError} when the bucket cannot be written to.
 */
export async function inBucket(url: string, work: WorkFolder, { environment, clock, network }: BucketUse): Promise<Recordings> {
  const place = readPlace(url, environment)
  const bucket = await openBucket(place, clock, network)
  const empty = join(work.folder('probe'), probe)
  await writeFile(empty, '')
  await bucket.put(probe, empty)
  return {
    of: result => ({
      begin: () => work.folder(result),
      async keep(name) {
        const file = join(work.folder(result), name)
        await bucket.put(`${result}/${name}`, file)
        await rm(file)
        return `${place.url}/${result}/${name}`
      },
    }),
    async find(result, path) {
      const name = recordingName(path)
      return name === undefined ? undefined : bucket.find(`${result}/${name}`)
    },
    forget: result => bucket.clear(`${result}/`),
  }
}
