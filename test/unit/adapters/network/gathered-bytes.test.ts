import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { GatheredBytes } from '../../../../src/adapters/network/gathered-bytes.js'

test('pieces of whatever size are read as one', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 60 }), pieces => {
      const gathered = new GatheredBytes()
      const given = pieces.map(piece => Buffer.from(piece))
      for (const [i, piece] of given.entries()) {
        gathered.add(piece)
        expect(gathered.length).toBe(Buffer.concat(given.slice(0, i + 1)).length)
      }
      expect(gathered.whole().equals(Buffer.concat(given))).toBe(true)
      // Nobody's bytes are written to.
      expect(given.map(piece => [...piece])).toEqual(pieces.map(piece => [...piece]))
    }),
  )
})
