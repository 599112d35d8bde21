import { unreachable } from '../../domain/unreachable.js'
import type { Utterance, UtterancePart } from '../../domain/utterance.js'
import { showSound } from './show-sound.js'

/** The caller's words in suite syntax, with acts and sounds as tags. */
export function showUtterance(utterance: Utterance): string {
  return utterance.map((part, index) => `${separator(utterance[index - 1], part)}${showPart(part)}`).join('')
}

/** The space between two parts. Words next to a sound tag contain their own spaces. */
function separator(before: UtterancePart | undefined, part: UtterancePart): string {
  if (!before) return ''
  return isSound(before) ? (isSound(part) || part.type === 'text' ? '' : ' ') : isSound(part) && before.type === 'text' ? '' : ' '
}

function isSound({ type }: UtterancePart): boolean {
  return type === 'sound' || type === 'sound_end'
}

function showPart(part: UtterancePart): string {
  switch (part.type) {
    case 'text':
      return part.text
    case 'dtmf':
      return `<dtmf digits="${part.digits}"/>`
    case 'endcall':
      return '<endcall/>'
    case 'silence':
    case 'hold':
    case 'interruption':
      return `<${part.type} time="${showTime(part.ms)}"/>`
    case 'sound':
      return showSound(part)
    case 'sound_end':
      return `</${part.tag}>`
    default:
      return unreachable(part)
  }
}

function showTime(ms: number): string {
  return `${ms / 1000}s`
}
