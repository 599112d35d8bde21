import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import type { Samples } from '../../../../../domain/samples.js'
import { readWav, type NoWav } from '../../../../audio/read-wav.js'
import { resample } from '../../../../audio/resample.js'
import { placeOf } from '../../../faults.js'
import type { LineUse } from '../line-use.js'
import { requestOfAgent } from './agent-request.js'

/** How long Twilio waits for a file. */
const withinMs = 15_000

/**
 * Fetches a file that an agent plays. It gets no header of the suite: the file may lie anywhere.
 *
 * @returns Its sound at the rate of the telephone.
 * @throws {FaultError} when it is not reached, refused, or larger than 16 MiB. {PackageMissing} when it has another rate. When the signal
 * aborts, its reason.
 */
export async function fetchSound(url: URL, use: LineUse, signal: AbortSignal): Promise<Samples | NoWav> {
  const place = placeOf(url, use.mask)
  const within = { ms: withinMs, fault: lineFaults.fileSilent({ place, withinMs }) }
  const sound = readWav(await requestOfAgent({ url, place, method: 'GET', body: null, headers: {}, within, isFile: true, signal }, use))
  return 'problem' in sound ? sound : resample(sound, 8_000)
}
