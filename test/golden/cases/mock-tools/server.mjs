import { createServer } from 'node:http'
import reply from './agent.mjs'

createServer((request, response) => void answer(request, response)).listen(process.env.PORT, '127.0.0.1')

async function answer(request, response) {
  let body = ''
  for await (const chunk of request) body += chunk
  // Who asks whether anyone is there sends nothing.
  const { message = '', tools } = body ? JSON.parse(body) : {}
  const said = await reply(message, { mockTools: tools && { url: tools } })
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ reply: said }))
}
