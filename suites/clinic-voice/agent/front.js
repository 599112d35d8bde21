// The voice front: it gives the clinic's agent ears, a mouth and a sense of whose turn it is.
import { setTimeout as sleep } from 'node:timers/promises'
import { keys, menu, openConversation } from './answers.js'
import { plantedBug } from './bugs.js'
import { hear } from './ears.js'
import { speak } from './mouth.js'

const deadAirMs = 12_000
const talksOverAfterMs = 600

/**
 * Conducts a call.
 *
 * @param line  { hasKeys, play(samples, { isSignalled }), stop(), close() }. `play` resolves to whether the sound was played to its end.
 * @returns What the line tells of the caller: `starts()` to speak, `said(samples)`, `pressed(key)`.
 */
export function conduct(line) {
  const answerTo = openConversation()
  let turn = 0
  void reply('', line.hasKeys ? menu : '')

  return {
    starts() {
      turn += 1
      if (plantedBug !== 'deaf') line.stop()
      if (plantedBug === 'talks_over') void talkOver()
    },
    async said(samples) {
      const own = turn
      const words = await hear(samples)
      if (own === turn) await reply(words)
    },
    async pressed(key) {
      turn += 1
      line.stop()
      if (keys[key]) await reply(keys[key])
    },
  }

  /** Says what the agent answers to the words, unless the caller speaks before it does. */
  async function reply(words, more = '') {
    const own = turn
    const { text, isLast, usedTool } = answerTo(words)
    if (usedTool && plantedBug === 'dead_air') await sleep(deadAirMs)
    const samples = await speak(`${text} ${more}`)
    if (own === turn && (await line.play(samples)) && isLast) line.close()
  }

  async function talkOver() {
    const [samples] = await Promise.all([speak('Yes, yes, I see. Of course. Certainly.'), sleep(talksOverAfterMs)])
    // Callers fall silent at once if the line signals this.
    await line.play(samples, { isSignalled: false })
  }
}
