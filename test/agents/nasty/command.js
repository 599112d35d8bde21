// A nasty agent that is a program: node command.js <name>. Run without a name, it exports what there is, with the right outcomes.
import { spawn } from 'node:child_process'
import { closeSync, writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** @typedef {{ right: string | readonly string[], act: () => void, stays?: true }} CommandBehaviour */

const agentError = 'agent_error'
const passed = 'passed'
const fine = '{"content":"I am fine."}\n'
/** @param {number} levels */
const deepList = levels => '['.repeat(levels) + ']'.repeat(levels)
/** @param {string | Buffer} bytes */
const say = bytes => void process.stdout.write(bytes)

/** @param {string | Buffer} bytes @param {string | readonly string[]} [right] @returns {CommandBehaviour} */
const says = (bytes, right = agentError) => ({ right, act: () => say(bytes) })

/** @param {number} fd @param {string} piece */
function floods(fd, piece) {
  const stream = fd === 1 ? process.stdout : process.stderr
  const go = () => {
    for (let n = 0; n < 20; n += 1) if (!stream.write(piece)) return void stream.once('drain', go)
    setImmediate(go)
  }
  stream.on('error', () => process.exit(9))
  go()
}

/** @param {() => void} act @returns {CommandBehaviour} */
const fails = act => ({ right: agentError, act })
/** @param {string} piece @param {number} [fd] */
const flooding = (piece, fd = 1) => fails(() => floods(fd, piece))

/** @type {Record<string, CommandBehaviour>} */
export const commandBehaviours = {
  'fine': says(fine, passed),
  'carriage-returns': says(fine.replace('\n', '\r\n'), passed),
  'byte-order-mark': says(`\ufeff${fine}`, passed),
  'blank-lines': says(`\n\n \n${fine}\n\n`, passed),
  'null-characters': says(fine.replace('fine', String.raw`fine\u0000`), passed),
  'prints-errors': { right: passed, act: () => (process.stderr.write('x'.repeat(100_000)), say(fine)) },
  'ends-after-words': { right: passed, act: () => process.stdout.write(fine, () => process.exit(0)) },
  'ends-without-newline': { right: passed, act: () => process.stdout.write(fine.trim(), () => process.exit(0)) },
  'hangs-up': says('{"content":"I am fine.","type":"end_call"}\n', passed),
  'byte-by-byte': {
    right: passed,
    act: () => {
      let n = 0
      const timer = setInterval(() => (n < fine.length ? say(fine.charAt(n++)) : clearInterval(timer)), 5)
    },
  },
  'ignores-signals': { right: passed, act: () => (process.on('SIGTERM', () => {}), setInterval(() => {}, 1000), say(fine)) },
  ...Object.fromEntries([1, 2, 3, 42, 126, 127, 255].map(code => [`exits-${code}`, fails(() => process.exit(code))])),
  'exits-0-unheard': fails(() => process.exit(0)),
  ...Object.fromEntries(
    ['SIGKILL', 'SIGTERM', 'SIGSEGV', 'SIGABRT', 'SIGHUP', 'SIGPIPE'].map(by => [
      `dies-of-${by}`,
      fails(() => process.kill(process.pid, by)),
    ]),
  ),
  'throws': fails(() => {
    throw new Error('I am lost')
  }),
  'exits-in-a-line': fails(() => process.stdout.write('{"content":"I am', () => process.exit(0))),
  'silent': fails(() => {}),
  'closes-output': fails(() => closeSync(1)),
  'closes-input': fails(() => process.stdin.destroy()),
  'closes-everything': fails(() => [0, 1, 2].forEach(fd => closeSync(fd))),
  'not-json': says('Hello\n'),
  'json-null': says('null\n'),
  'json-list': says('[]\n'),
  'json-empty': says('{}\n'),
  'json-two-in-a-line': says('{"content":"a"}{"content":"b"}\n'),
  'not-utf-8': says(Buffer.from([0x22, 0xff, 0x22, 10])),
  'utf-16': says(Buffer.from(fine, 'utf16le')),
  'binary': says(Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256))),
  'null-bytes': says(Buffer.concat([Buffer.alloc(100), Buffer.from('\n')])),
  'deep-lists': says(`${deepList(50_000)}\n`),
  'deep-arguments': says(`{"role":"Function Call","data":{"name":"t","arguments":${deepList(50_000)}}}\n`),
  'two-mebibytes': says(`{"content":"${'x'.repeat(2 << 20)}"}\n`),
  'floods-without-newline': flooding('x'.repeat(65_536)),
  'floods-blank-lines': flooding('\n'.repeat(65_536)),
  'floods-messages': { ...flooding('{"content":"And another thing."}\n'.repeat(1000)), right: [agentError, 'failed'] },
  // The machine may be too slow for so much within the call.
  'floods-large-messages': { ...flooding(`{"content":"${'x'.repeat(60_000)}"}\n`), right: [agentError, 'failed'] },
  'floods-metadata': flooding('{"metadata":{"a":1}}\n'.repeat(1000)),
  'floods-tool-calls': flooding('{"role":"Function Call","data":{"name":"t"}}\n'.repeat(1000)),
  'floods-errors': flooding('x'.repeat(65_536), 2),
  'floods-null-bytes': flooding('\0'.repeat(65_536)),
  'child-keeps-the-pipe': fails(() => {
    spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20_000)'], { stdio: 'inherit', detached: true }).unref()
    process.exit(0)
  }),
  'child-talks-on': fails(() => {
    spawn('sh', ['-c', 'while true; do echo x; done'], { stdio: 'inherit' })
    process.exit(5)
  }),
  'writes-after-the-end': {
    right: passed,
    act: () => {
      say('{"content":"I am fine.","type":"end_call"}\n')
      setInterval(() => say(fine), 20)
      process.on('SIGTERM', () => {})
    },
  },
  'dies-of-a-broken-pipe': fails(() => {
    writeSync(1, '{"content":')
    process.exit(0)
  }),
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const behaviour = commandBehaviours[process.argv[2] ?? '']
  let spoke = false
  process.stdin.on('error', () => {})
  process.stdin.on('data', chunk => {
    if (spoke && chunk.toString().includes('end_call')) process.exit(0)
    if (!spoke) behaviour?.act()
    spoke = true
  })
  // Stays until it is hung up on.
  process.stdin.on('end', () => setTimeout(() => process.exit(0), 50))
}
