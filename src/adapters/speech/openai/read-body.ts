import type { Dispatcher } from 'undici'
import { codingOf, openDecoder } from '../../network/decoder.js'
import { GatheredBytes } from '../../network/gathered-bytes.js'

/**
 * Reads the body of an answer, decoded.
 *
 * @param heard  Called for each part of it.
 * @throws the network's error; an error of a coding that cannot be decoded.
 */
export function readBody({ headers, body }: Dispatcher.ResponseData, mostBytes: number, heard: () => void): Promise<Buffer | 'too_large'> {
  return new Promise((resolve, reject) => {
    const bytes = new GatheredBytes()
    const stop = (error: Error): void => {
      body.destroy()
      reject(error)
    }
    const take = (part: Buffer): void => {
      bytes.add(part)
      if (bytes.length <= mostBytes) return
      resolve('too_large')
      body.destroy()
    }
    const coding = codingOf(headers['content-encoding'])
    const finish = (): void => resolve(bytes.whole())
    const decoder = coding === undefined ? undefined : openDecoder(coding, { decoded: take, ended: finish, failed: stop })
    body.on('error', reject)
    if (coding !== undefined && !decoder) return stop(new Error(`its answer has the coding ${coding}, which is not supported`))
    body.on('data', (part: Buffer) => {
      heard()
      if (decoder) decoder.write(part)
      else take(part)
    })
    body.on('end', () => {
      if (decoder) decoder.end()
      else finish()
    })
  })
}
