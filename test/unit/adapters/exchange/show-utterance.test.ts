import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { showUtterance } from '../../../../src/adapters/exchange/show-utterance.js'
import type { Utterance } from '../../../../src/domain/utterance.js'
import { parseUtterance } from '../../../../src/pipeline/load/utterance/parse-utterance.js'

const piece = fc.constantFrom(
  'Hi',
  ' ',
  ', you.',
  '<hold time="1.5s"/>',
  '<dtmf digits="1"/>',
  '<speed ratio="1.2"/>',
  '<volume ratio="0.5" text="softly"/>',
  '<voice provider="p" id="x" model="m"/>',
  `<voice id="x" text='say "yes"'/>`,
  '<voice id="x">',
  '</voice>',
  '<background_noise sound="street" volume="0.3">',
  '</background_noise>',
  '<noise sound="beep" time="250"/>',
  '<audio id="a"/>',
  '<audio file="a.wav"/>',
  '<network_simulation packet_loss="7" jitter="20"/>',
  '<ivr text="Press 1"/>',
  '<voicemail>',
  '</voicemail>',
  '<ignore_interruptions>',
  '</ignore_interruptions>',
)

test('what the caller says is written so that it is read the same again', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
      const { parts } = parseUtterance(pieces.join(''), true)
      const again = parseUtterance(showUtterance(parts as unknown as Utterance), true)
      expect(again.parts.map(withoutPlace)).toEqual(parts.map(withoutPlace))
    }),
    { numRuns: 500 },
  )
})

function withoutPlace(part: object): object {
  return { ...part, at: undefined }
}
