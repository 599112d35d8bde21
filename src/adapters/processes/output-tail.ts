import type { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { excerpt } from '../../domain/excerpt.js'
import type { Mask } from '../../domain/mask.js'

/**
 * Reads a stream to its end, and keeps the last `maxBytes` of it.
 *
 * @returns A function that returns the kept text on one line, without colours and secrets; empty if nothing arrived.
 */
export function keepTail(stream: Readable, maxBytes: number, mask: Mask): () => string {
  let kept = Buffer.alloc(0)
  stream.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk]).subarray(-maxBytes)
  })
  return () => excerpt(mask.cut(stripVTControlCharacters(kept.toString())), maxBytes)
}
