// Serves every nasty agent that is reached over a network: node server.js prints its port. The path names the behaviour:
// /http/<name>, /openai/<name>/chat/completions, /hosted/<name>/... and /websocket/<name>.
import { createHash } from 'node:crypto'
import { createServer } from 'node:net'
import { httpBehaviours, pointedBehaviours } from './http-behaviours.js'
import { handshake, websocketBehaviours } from './websocket-behaviours.js'

const good = {
  http: '{"reply":"I am fine."}',
  hosted: '{"id":7}',
  openai: '{"choices":[{"index":0,"message":{"role":"assistant","content":"I am fine."},"finish_reason":"stop"}]}',
}

const server = createServer(socket => {
  socket.setNoDelay().on('error', () => {})
  let head = ''
  socket.on('data', function read(chunk) {
    head += chunk.toString('latin1')
    const end = head.indexOf('\r\n\r\n')
    if (end === -1) return
    const [, kind = '', name = ''] = /^\w+ \/(http|openai|hosted|websocket)\/([^/? ]+)/.exec(head) ?? []
    if (kind === 'websocket') {
      socket.off('data', read)
      return converse(socket, name, head)
    }
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
    if (head.length < end + 4 + length) return
    head = ''
    const behaviour = httpBehaviours[name] ?? pointedBehaviours[name]
    if (behaviour) behaviour.act(socket, good[/** @type {keyof typeof good} */ (kind)])
    else socket.destroy()
  })
})
server.listen(0, '127.0.0.1', () => console.log(/** @type {import('node:net').AddressInfo} */ (server.address()).port))

/** @param {import('node:net').Socket} socket @param {string} name @param {string} head */
function converse(socket, name, head) {
  const behaviour = websocketBehaviours[name]
  if (!behaviour) return socket.destroy()
  const key = /sec-websocket-key: (.*)\r/i.exec(head)?.[1] ?? ''
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  if (behaviour.instead) behaviour.instead(socket, accept)
  else socket.write(handshake(accept))
  behaviour.first?.(socket)
  socket.once('data', () => behaviour.act?.(socket))
  socket.resume()
}
