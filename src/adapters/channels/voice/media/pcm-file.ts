import { open, type FileHandle } from 'node:fs/promises'
import { littleEndian } from '../../../audio/write-wav.js'
import type { PcmSink } from './recorder.js'

/** A disk that is behind by more bytes is broken: 8 minutes of a call at 16 kHz. */
const mostWaiting = 32 * 2 ** 20

/** Keeps a call's sound in a file while it is conducted: samples of 16 bits, the low byte first, without a header. Writes one block after another. */
export function pcmFile(path: string): PcmSink {
  let file: FileHandle | undefined
  let waiting = 0
  let failure: unknown
  let done = begin()

  return {
    append(block) {
      if (failure !== undefined) return
      if (waiting + block.byteLength > mostWaiting) {
        failure = new Error(`the disk does not keep up: ${waiting} bytes wait to be written`)
        return
      }
      waiting += block.byteLength
      done = done.then(() => write(block))
    },
    async close() {
      await done
      await file?.close()
      file = undefined
      if (failure !== undefined) throw failure
    },
  }

  async function begin(): Promise<void> {
    try {
      file = await open(path, 'w')
    } catch (cause) {
      failure = cause
    }
  }

  async function write(block: Int16Array): Promise<void> {
    if (failure !== undefined) return
    try {
      const bytes = littleEndian(block)
      for (let at = 0; at < bytes.length;) at += (await file!.write(bytes, at)).bytesWritten
    } catch (cause) {
      failure = cause
    } finally {
      waiting -= block.byteLength
    }
  }
}
