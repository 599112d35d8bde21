import { parsedOf } from '../../../domain/json-value.js'
import { exactlyParsedOf } from '../../../domain/exact-number.js'
import type { AgentEvent } from '../../../ports/channel.js'
import type { FrameDialect, DialectUse } from '../framed/dialect.js'
import { eventsOrFault } from '../reply.js'
import { readMessage, textIn } from './read-message.js'
import { WordsSoFar } from './words-so-far.js'

export interface Relay {
  /** The setup message, without its type. */
  readonly setup: object
  readonly language: string
  /** Seconds since the call began. */
  elapsedS(): number
}

/**
 * The messages of ConversationRelay: ours `setup`, `prompt`, `dtmf` and `interrupt`; the agent's `text` in tokens, `play`, `sendDigits`,
 * `language` and `end`.
 *
 * @see https://www.twilio.com/docs/voice/conversationrelay/websocket-messages
 */
export function conversationRelayDialect({ setup, language, elapsedS }: Relay, { place, send }: DialectUse): FrameDialect {
  const words = new WordsSoFar()
  /** Whether the agent has spoken since the caller did. */
  let hasAnswered = false
  const tell = (type: string, fields: object): void => send(JSON.stringify({ type, ...fields }))
  const prompt = (voicePrompt: string): void => tell('prompt', { voicePrompt, lang: language, last: true })

  return {
    begin: () => tell('setup', setup),
    read: (frame, atS) => eventsOrFault(() => read(frame, atS)),
    say(part) {
      interrupt()
      hasAnswered = false
      if (part.type === 'text') prompt(part.text)
      else part.digits.split('').forEach(digit => tell('dtmf', { digit }))
    },
    end(lastWords) {
      if (lastWords !== '') prompt(lastWords)
    },
    unfinished: {
      get isThere() {
        return words.isThere
      },
      finish: () => words.take(),
    },
  }

  /** The caller speaks before the agent has said all of its answer. */
  function interrupt(): void {
    if (words.text === '') return
    const durationUntilInterruptMs = Math.round((elapsedS() - words.startS) * 1000)
    tell('interrupt', { utteranceUntilInterrupt: words.text, durationUntilInterruptMs })
    words.cut()
  }

  function read(frame: string, atS: number): AgentEvent[] {
    const message = readMessage(frame, 'type', place)
    const { type, fields, wrong } = message
    switch (type) {
      case 'text': {
        if (typeof fields['token'] !== 'string') throw wrong('token is not text')
        hasAnswered = true
        const whole = words.add(fields['token'], atS)
        return fields['last'] === true ? [...whole, ...words.take()] : whole
      }
      case 'play':
        return [...words.take(), { type: 'metadata', data: { play: textIn(message, 'source') } }]
      case 'sendDigits':
        return [...words.take(), { type: 'keyed', digits: textIn(message, 'digits'), atS }]
      case 'language':
        return [
          {
            type: 'metadata',
            data: { language: { ttsLanguage: fields['ttsLanguage'], transcriptionLanguage: fields['transcriptionLanguage'] } },
          },
        ]
      case 'end':
        return [...words.take(), ...handoff(textIn(message, 'handoffData')), { type: 'ended', afterWords: hasAnswered, atS }]
      default:
        throw wrong('its type is not one of ConversationRelay')
    }
  }
}

function handoff(data: string): AgentEvent[] {
  return data === '' ? [] : [{ type: 'metadata', data: { handoffData: parsedOf(data, exactlyParsedOf) } }]
}
