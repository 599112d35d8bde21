// What the test agents that listen have in common.
import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { pathToFileURL } from 'node:url'

/**
 * @typedef {object} RunningAgent
 * @property {number} port
 * @property {() => number} openConnections
 * @property {() => Promise<void>} close
 */

/** A server for 127.0.0.1 only; over TLS its certificate is one that nobody trusts. @param {boolean} tls */
export function createServer(tls) {
  if (!tls) return http.createServer()
  return https.createServer({ key: neighbour('self-signed.key'), cert: neighbour('self-signed.crt') })
}

/** @param {string} name  A file beside this one. */
function neighbour(name) {
  return readFileSync(new URL(name, import.meta.url))
}

/**
 * @param {http.Server | import('node:net').Server} server
 * @param {number} port  0 takes a free one.
 * @returns {Promise<RunningAgent>}
 */
export async function listen(server, port) {
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set()
  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise(resolve => server.listen(port, '127.0.0.1', () => resolve(undefined)))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    openConnections: () => sockets.size,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise(resolve => server.close(() => resolve(undefined)))
    },
  }
}

/** The port to listen at when a file is the program itself; `undefined` when it is imported. @param {string} url */
export function portOfProgram(url) {
  return process.argv[1] && url === pathToFileURL(process.argv[1]).href ? Number(process.argv[2] ?? 0) : undefined
}
