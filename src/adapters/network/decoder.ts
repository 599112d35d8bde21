import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import type { Transform } from 'node:stream'

/** Decodes a body that came compressed. Nothing follows `ended` or `failed`, nor `stop`. */
export interface Decoder {
  write(chunk: Buffer): void
  end(): void
  stop(): void
}

export interface Decoded {
  /** Called piece by piece, at most 64 KiB each, so that a reader can stop before much is decoded. */
  decoded(chunk: Buffer): void
  ended(): void
  failed(error: Error): void
}

/** The codings that can be decoded; `deflate` comes with and without a header of zlib. */
const decoders: Readonly<Record<string, (first: Buffer) => Transform>> = {
  'gzip': () => createGunzip(),
  'x-gzip': () => createGunzip(),
  'br': () => createBrotliDecompress(),
  'deflate': first => ((first[0] ?? 0) % 16 === 8 ? createInflate() : createInflateRaw()),
}

/** The coding that a Content-Encoding header names; `undefined` if the body came as it is. */
export function codingOf(header: string | readonly string[] | null | undefined): string | undefined {
  if (header === undefined) return undefined
  const coding = [header ?? []].flat().join(', ').trim().toLowerCase()
  return coding === '' || coding === 'identity' ? undefined : coding
}

/** Opens a decoder; `undefined` for an unknown coding, or several on top of one another. */
export function openDecoder(coding: string, { decoded, ended, failed }: Decoded): Decoder | undefined {
  const create = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined
  if (!create) return undefined
  let stream: Transform | undefined
  let isOver = false
  const open = (first: Buffer): Transform =>
    create(first)
      .on('data', (chunk: Buffer) => !isOver && decoded(chunk))
      .on('end', () => !isOver && ended())
      .on('error', error => !isOver && failed(error))
  return {
    write(chunk) {
      if (chunk.length > 0 && !isOver) (stream ??= open(chunk)).write(chunk)
    },
    end() {
      if (isOver) return
      if (stream) stream.end()
      else ended()
    },
    stop() {
      isOver = true
      stream?.destroy()
    },
  }
}
