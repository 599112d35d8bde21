// A client that only counts the bytes of answers, so that it is not what limits a server.
import { connect } from 'node:net'

/**
 * How many equal answers a server gives in a second.
 *
 * @param {string} address
 * @param {{ headers?: Record<string, string>, connections: number }} how
 */
export async function answersPerSecond(address, { headers = {}, connections }) {
  const { hostname, port, pathname, search } = new URL(address)
  const lines = Object.entries({ host: `${hostname}:${port}`, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  const request = `GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`
  const open = () => connect({ host: hostname, port: Number(port), noDelay: true })
  const length = await lengthOf(open(), request)
  let answers = 0
  const sockets = Array.from({ length: connections }, () => {
    const socket = open()
    let left = length
    socket.write(request)
    return socket.on('data', piece => {
      left -= piece.length
      if (left > 0) return
      answers += 1
      left += length
      socket.write(request)
    })
  })
  const startedMs = performance.now()
  await new Promise(resolve => void setTimeout(resolve, 1000))
  const tookMs = performance.now() - startedMs
  for (const socket of sockets) socket.destroy()
  return answers / (tookMs / 1000)
}

/** The length of an answer with its head, in bytes. @param {import('node:net').Socket} socket @param {string} request @returns {Promise<number>} */
function lengthOf(socket, request) {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0)
    socket.on('error', reject).on('data', piece => {
      bytes = Buffer.concat([bytes, piece])
      const head = bytes.indexOf('\r\n\r\n')
      if (head === -1) return
      const text = bytes.toString('latin1', 0, head)
      const body = /^content-length: *(\d+)/im.exec(text)?.[1]
      socket.destroy()
      if (text.startsWith('HTTP/1.1 200') && body !== undefined) resolve(head + 4 + Number(body))
      else reject(new Error(`This answer cannot be counted: ${text}`))
    })
    socket.write(request)
  })
}
