// Programs that run until stopped: redis-server, callsheet worker, callsheet serve.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

export const binary = fileURLToPath(new URL('../bin/callsheet.js', import.meta.url))

/**
 * Starts Callsheet and waits until it reports that it is ready.
 *
 * @param {string[]}  args
 * @param {string}  cwd
 * @returns {Promise<{ said: string, stop: () => Promise<void> }>}
 */
export function startCallsheet(args, cwd) {
  return startProgram(process.execPath, [binary, ...args], cwd, /\n/)
}

/** Starts a Redis without persistence. @param {string} cwd @returns {Promise<{ url: string, stop: () => Promise<void> }>} */
export async function startRedis(cwd) {
  const port = await freePort()
  const args = ['--port', port, '--bind', '127.0.0.1', '--dir', cwd, '--save', '', '--appendonly', 'no']
  const { stop } = await startProgram('redis-server', args, cwd, /Ready to accept connections/)
  return { url: `redis://127.0.0.1:${port}`, stop }
}

/** @param {string} command @param {string[]} args @param {string} cwd @param {RegExp} ready  What it prints once it is ready. */
async function startProgram(command, args, cwd, ready) {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] })
  let said = ''
  await new Promise((resolve, reject) => {
    child.on('error', cause => reject(new Error(`${command} cannot be started: ${cause.message}`)))
    child.on('exit', () => reject(new Error(`${command} ended: ${said.slice(-500)}`)))
    child.stdout.setEncoding('utf8').on('data', text => {
      said += text
      if (ready.test(said)) resolve(undefined)
    })
  })
  return {
    said,
    async stop() {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return String(typeof address === 'object' && address ? address.port : 0)
}
