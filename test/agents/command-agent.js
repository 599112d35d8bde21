// An agent as a program: JSON lines on standard input and output. GREET=1 makes it speak first; PIDS names a file that it
// adds its process id to, STUBBORN=1 makes it ignore SIGTERM and the end of its input.
import { spawn } from 'node:child_process'
import { appendFileSync, closeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { framesFor } from './frames.js'
import { partingFrames } from './parting.js'

const { GREET, PIDS, STUBBORN } = process.env
if (PIDS) appendFileSync(PIDS, `${process.pid}\n`)
if (STUBBORN) {
  process.on('SIGTERM', () => {})
  setInterval(() => {}, 1000)
}
if (GREET) send('{"content":"Hello, how can I help?"}')

let turn = 0
for await (const line of createInterface({ input: process.stdin })) {
  const heard = JSON.parse(line)
  if (heard.type === 'end_call') {
    if (heard.content === '/exit 3') process.exit(3)
    for (const { afterMs, frame } of partingFrames(heard.content) ?? []) setTimeout(() => send(frame), afterMs)
    break
  }
  turn += 1
  const [, code] = /^\/exit (\d+)$/.exec(heard.content) ?? []
  if (code) {
    console.error('Something is \u001b[31mvery\u001b[0m\nwrong.')
    process.exit(Number(code))
  }
  if (heard.content === '/kill') process.kill(process.pid, 'SIGKILL')
  if (heard.content === '/variables')
    send(
      JSON.stringify({
        content: JSON.stringify(Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('CALLSHEET_')))),
      }),
    )
  if (heard.content === '/child') {
    const child = spawn('sleep', ['1000'], { stdio: 'ignore' })
    child.unref()
    if (PIDS) appendFileSync(PIDS, `${child.pid}\n`)
  }
  if (heard.content === '/deaf') {
    closeSync(0)
    setInterval(() => {}, 1000)
  }
  if (heard.content === '/half-line') {
    process.stdout.write('{"content":"Half')
    setTimeout(() => process.stdout.write(' and half."}\r\n\n'), 20)
    continue
  }
  for (const frame of framesFor(heard, turn)) send(frame)
}

/** @param {string | Buffer} frame */
function send(frame) {
  process.stdout.write(frame)
  process.stdout.write('\n')
}
