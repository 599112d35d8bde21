import type { Call, Channel, Conversation, Delivered, Hear, Said } from '../../src/ports/channel.js'
import type { Clock } from '../../src/ports/clock.js'

/** What an agent that speaks can do. Its words are told of once it has spoken them. */
export interface SpeakingAgent {
  /** Begins to speak, and is quiet again after `ms`. */
  speaks(text: string, ms: number): void
  hangsUp(): void
  later(ms: number, then: () => void): void
}

/** How long the caller takes to speak a character, in milliseconds. */
export const characterMs = 100

/** A channel to an agent in memory where speaking takes time, on both sides. `log`: what the caller did. */
export function speakingChannel(clock: Clock, opens: (agent: SpeakingAgent) => void): Channel & { readonly log: string[] } {
  const log: string[] = []
  return {
    log,
    async open(call: Call, hear: Hear): Promise<Conversation> {
      let segments = 0
      opens({
        speaks(text, ms) {
          const segment = (segments += 1)
          const startS = call.elapsedS()
          hear({ type: 'speaking', segment, atS: startS })
          clock.after(ms, () => {
            hear({ type: 'quiet', segment, atS: call.elapsedS() })
            hear({ type: 'said', text, startS, endS: call.elapsedS(), segment })
          })
        },
        hangsUp: () => hear({ type: 'ended', afterWords: false, atS: call.elapsedS() }),
        later: (ms, then) => void clock.after(ms, then),
      })
      return {
        floor: 'speech',
        elapsedS: call.elapsedS,
        say: said => speak(said, call),
        end: async lastWords => void log.push(`end(${lastWords})`),
        [Symbol.asyncDispose]: async () => {},
      }
    },
    [Symbol.asyncDispose]: async () => {},
  }

  function speak(said: Said, call: Call): ReturnType<Conversation['say']> {
    const words = said.type === 'text' ? said.text : said.digits
    const startS = call.elapsedS()
    log.push(words)
    let stop: (text: string) => void
    const done = new Promise<Delivered>(resolve => {
      const cancel = clock.after(words.length * characterMs, () => resolve({ startS, endS: call.elapsedS() }))
      stop = text => {
        cancel()
        log.push(`cut(${text})`)
        resolve({ startS, endS: call.elapsedS(), said: text })
      }
    })
    return { done, cut: () => stop(words.slice(0, Math.floor(((call.elapsedS() - startS) * 1000) / characterMs))) }
  }
}
