import type { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { excerpt } from '../../domain/excerpt.js'

/**
 * Reads a stream to its end, and keeps the last `maxBytes` of it.
 *
 * @returns A function that returns the kept text on one line, without colours; empty if nothing arrived.
 */
export function keepTail(stream: Readable, maxBytes: number): () => string {
  let kept = Buffer.alloc(0)
  stream.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk]).subarray(-maxBytes)
  })
  return () => excerpt(stripVTControlCharacters(kept.toString()), maxBytes)
}
