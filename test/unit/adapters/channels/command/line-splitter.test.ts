import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitLines } from '../../../../../src/adapters/channels/command/line-splitter.js'

describe('a line splitter', () => {
  test('gives the same lines however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zé\n]{0,9}$/)), pieces => {
        const lines: string[] = []
        const splitter = splitLines(
          1_000,
          line => lines.push(line.toString()),
          () => lines.push('too long'),
        )
        for (const byte of Buffer.from(pieces.join(''))) splitter.push(Buffer.from([byte]))
        splitter.flush()
        const whole: string[] = []
        const other = splitLines(
          1_000,
          line => whole.push(line.toString()),
          () => whole.push('too long'),
        )
        for (const piece of pieces) other.push(Buffer.from(piece))
        other.flush()
        const expected = pieces
          .join('')
          .split('\n')
          .filter(line => line !== '')
        expect([lines, whole]).toEqual([expected, expected])
      }),
    )
  })

  test('gives up at a line that is too long, in one piece or many', () => {
    for (const chunks of [['123456\n'], ['123', '456'], ['a\n123', '45', '6\n']]) {
      const heard: string[] = []
      const splitter = splitLines(
        5,
        line => heard.push(line.toString()),
        () => heard.push('too long'),
      )
      for (const chunk of chunks) splitter.push(Buffer.from(chunk))
      expect(heard.at(-1)).toBe('too long')
    }
  })

  test('takes a line of just the greatest length', () => {
    const heard: string[] = []
    const splitter = splitLines(
      5,
      line => heard.push(line.toString()),
      () => heard.push('too long'),
    )
    splitter.push(Buffer.from('12345\n12345\n'))
    expect(heard).toEqual(['12345', '12345'])
  })
})
