// Starts two threads of calls, and prints the priorities in real time: of the main thread, of how many threads it is the calls' own, and of a child.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { startMediaThreads } from '../../dist/adapters/channels/voice/media-threads.js'

const ofCalls = 2
const media = startMediaThreads(2)
for (let call = 0; call < 2; call += 1) media.least().enter(() => undefined)
const until = Date.now() + 10_000
while (threadsOfCalls() < 2 && Date.now() < until) await new Promise(resolve => setTimeout(resolve, 20))
const child = spawnSync('cat', ['/proc/self/stat']).stdout.toString()
console.log(JSON.stringify({ main: priorityOf(process.pid), ofCalls: threadsOfCalls(), child: read(child) }))
process.exit()

function threadsOfCalls() {
  return readdirSync('/proc/self/task').filter(task => priorityOf(task) === ofCalls).length
}

/** @param {string | number} task  0: not in real time. */
function priorityOf(task) {
  return read(readFileSync(`/proc/self/task/${task}/stat`, 'utf8'))
}

/** The 40th field, of which the second has the name. @param {string} stat */
function read(stat) {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[37])
}
