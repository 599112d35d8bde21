// A process that serves: node server-process.js <port>. It behaves as its environment says:
// PIDS: a file it adds its process id to; CHILD=1: it starts another like it, without a port; STUBBORN=1: it ignores SIGTERM;
// PRINT: what it prints first; EXIT="<code> <ms>": it ends after a while; HEARD: a file it adds all that it receives to.
import { spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const { PIDS, CHILD, STUBBORN, PRINT, EXIT, HEARD } = process.env
const port = process.argv[2]

if (PRINT) console.error(PRINT)
if (STUBBORN) process.on('SIGTERM', () => {})
if (CHILD) spawn(process.execPath, [fileURLToPath(import.meta.url)], { env: { ...process.env, CHILD: '' }, stdio: 'inherit' })
if (EXIT) {
  const [code, ms] = EXIT.split(' ').map(Number)
  setTimeout(() => process.exit(code), ms)
}
if (port) {
  const server = createServer(socket => {
    socket
      .on('error', () => {})
      .on('data', data => {
        if (HEARD) appendFileSync(HEARD, data)
        socket.end('HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n')
      })
  })
  server.listen(Number(port), '127.0.0.1')
} else {
  setInterval(() => {}, 1000)
}
if (PIDS) appendFileSync(PIDS, `${process.pid}\n`)
