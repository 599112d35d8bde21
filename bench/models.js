// The model of the measurements: the tests' stand-in, in its own process: node bench/models.js <latencyMs> [slots]
// Prints its address once it listens.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startModelServer } from '../test/agents/model-server.js'

/**
 * @param {number} latencyMs  Before each answer.
 * @param {number} [slots]  How many answers it makes at once. Default: all.
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export function startModel(latencyMs, slots = Infinity) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), String(latencyMs), String(slots)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.stdout.setEncoding('utf8').once('data', url => resolve({ url: url.trim(), stop: () => child.kill() }))
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startModelServer({ delayMs: Number(process.argv[2]), slots: Number(process.argv[3]), keepsRequests: false })
  console.log(url)
}
