import type { Utterance } from '../../domain/utterance.js'

/** What the caller says, as it is written in a suite: its acts as tags. */
export function showUtterance(utterance: Utterance): string {
  return utterance
    .map(part => {
      switch (part.type) {
        case 'text':
          return part.text
        case 'dtmf':
          return `<dtmf digits="${part.digits}"/>`
        case 'endcall':
          return '<endcall/>'
        default:
          return `<${part.type} time="${showTime(part.ms)}"/>`
      }
    })
    .join(' ')
}

function showTime(ms: number): string {
  return `${ms / 1000}s`
}
