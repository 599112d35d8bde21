// A thread that speaks with Flite: a second of speech takes it some 70 ms, too long for a thread that others wait for.
import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { runWasi } from './wasi.js'

/** @typedef {{ readonly id: number, readonly text: string, readonly voice: string, readonly speed: number }} Question */

if (!parentPort) throw new Error('This is the program of a thread.')
const port = parentPort
/** @type {Promise<WebAssembly.Module>} */
const compiled = readFile(workerData.file).then(bytes => WebAssembly.compile(bytes))

port.on('message', (/** @type {Question} */ question) => void speak(question))

/** @param {Question} question */
async function speak({ id, text, voice, speed }) {
  const files = new Map([['text', new Uint8Array(Buffer.from(text))]])
  const args = ['flite', '-voice', voice, '--setf', `duration_stretch=${1 / speed}`, '-f', '/text', '-o', '/wav']
  const { exitCode, complained, content } = await runWasi(await compiled, args, files)
  port.postMessage({
    id,
    wav: content('wav') ?? new Uint8Array(0),
    ...(exitCode !== 0 && { error: `exit code ${exitCode}: ${complained}` }),
  })
}
