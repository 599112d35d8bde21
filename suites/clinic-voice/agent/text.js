// The same conversation in text: a JSON message for what either side says. Nothing that only sound shows can go wrong here.
import { keys, menu, openConversation } from './answers.js'

export function answerText(socket) {
  const answerTo = openConversation()
  say('', menu)
  socket.on('message', (data) => {
    const { content = '', digits, type } = JSON.parse(data)
    if (type !== 'end_call') say(keys[digits] ?? content)
  })

  function say(words, more = '') {
    const { text, isLast } = answerTo(words)
    socket.send(JSON.stringify({ content: `${text} ${more}`.trim(), ...(isLast && { type: 'end_call' }) }))
    if (isLast) socket.close(1000)
  }
}
