// What the agent says, in text or in sound: the clinic's agent, who knows by the telephone number who is calling.
import { converse } from '../../clinic/agent/conversation.js'
import { listening } from '../../clinic/agent/frames.js'
import { openTools } from '../../clinic/agent/tools.js'
import { withHoursInDigits } from './spoken-hours.js'

/** What a key stands for. */
export const keys = { 1: 'I need an appointment on Tuesday at 9:00.', 9: 'No, that is all.' }
export const menu = 'Press 1 for an appointment on Tuesday at nine, or 9 to hang up.'

/** Begins a call. @returns A function from the caller's words, '' at first, to { text, isLast, usedTool }. */
export function openConversation() {
  const tools = openTools({ tier: 'standard' })
  const patient = tools.look_up_patient({ name: 'James Carter', date_of_birth: '1985-11-23' })
  const conversation = converse({ tier: 'standard', tools, patient })
  conversation.next()
  conversation.next()

  return (words) => {
    const said = []
    let usedTool = false
    for (let { value: frame } = conversation.next(withHoursInDigits(words)); frame !== listening; { value: frame } = conversation.next()) {
      if (frame.content) said.push(frame.content)
      if (frame.role) usedTool = true
      if (frame.type === 'end_call') return { text: said.join(' '), isLast: true, usedTool }
    }
    return { text: said.join(' '), isLast: false, usedTool }
  }
}
