// The support agent of Birch & Co., over HTTP. Each request carries the customer's words; its answer is the agent's reply.
import { createServer } from 'node:http'
import { openBackOffice } from './back-office.js'
import { answer } from './conversation.js'

const port = Number(process.env.PORT || 8770)

/** What the agent knows of each conversation, by session. */
const conversations = new Map()

const server = createServer((request, response) => void serve(request, response))
server.listen(port, '127.0.0.1', () => console.log(`The agent listens on http://127.0.0.1:${port}`))

async function serve(request, response) {
  const send = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  let text = ''
  for await (const chunk of request) text += chunk
  try {
    const { session, message, tools } = JSON.parse(text)
    const call = conversations.get(session) ?? { backOffice: openBackOffice(tools) }
    conversations.set(session, call)
    const { reply, end = false } = await answer(call, message)
    if (end) conversations.delete(session)
    send(200, { reply, end })
  } catch (cause) {
    console.error(cause)
    send(500, { error: cause.message })
  }
}
