import { hearTones, toneSpeech } from '../agents/tone-speech.js'
import type { SipAgentCall } from './sip-agent.js'

/** Sound below is silence; silence of so many frames ends what the caller says. */
const [faintest, framesOfSilence] = [250, 20]

/** Answers in tones on the telephone, as the talking agent of other tests does: greets, and answers what it hears. */
export function talkOn(call: SipAgentCall, answerTo: (words: string) => string | undefined, greeting: string): void {
  const { rate } = call
  const frame = rate / 50
  const queue: Int16Array[] = []
  let heard = 0
  let quiet = 0
  let words: number[] = []
  const say = (text: string): void => {
    const sound = toneSpeech(text, rate)
    for (let at = 0; at < sound.length; at += frame) {
      const piece = new Int16Array(frame)
      piece.set(sound.subarray(at, at + frame))
      queue.push(piece)
    }
  }
  if (greeting !== '') say(greeting)
  call.stream(() => {
    for (; heard < call.frames.length; heard += 1) listen(call.frames[heard]!)
    return queue.shift()
  })

  function listen(samples: Int16Array): void {
    const isLoud = samples.some(sample => Math.abs(sample) > faintest)
    quiet = isLoud ? 0 : quiet + 1
    if (isLoud || words.length > 0) words.push(...samples)
    if (words.length === 0 || quiet < framesOfSilence) return
    const answer = answerTo(hearTones(Int16Array.from(words), rate))
    words = []
    if (answer !== undefined) say(answer)
  }
}

/** What the clinic's agent answers. */
export function clinicAnswer(words: string): string | undefined {
  if (words.includes('cancel')) return 'certainly. what is your name?'
  if (words.includes('name is')) return 'thank you. your appointment is cancelled.'
  return words.includes('bye') ? undefined : 'sorry?'
}
