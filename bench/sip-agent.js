// A user agent in a process of its own. `answer`: rings for half a second and answers, until it is stopped. `call <port> <calls> <a second>`:
// places calls, hangs up each a second after its answer, and prints what they took.
import { seededRandom, systemClock } from '../dist/adapters/clocks/system.js'
import { openSockets } from '../dist/adapters/sip/sockets.js'
import { parseUri } from '../dist/adapters/sip/uri.js'
import { UserAgent } from '../dist/adapters/sip/user-agent.js'

export const ringMs = 500
const talkMs = 1_000
const description = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n'

/** Media without sound: what is measured is the signalling. */
const media = {
  offer: async () => description,
  answer: async () => description,
  accept: async () => {},
  keyed() {},
  close() {},
}

const network = await openSockets({ addresses: ['127.0.0.1'], ports: {} })
const use = { network, clock: systemClock, random: seededRandom(1), listen: /** @type {const} */ ('open') }
const [, , role, port = '', calls = '', perSecond = ''] = process.argv

if (role === 'answer') {
  const agent = new UserAgent({
    ...use,
    onCall(call) {
      call.ring()
      setTimeout(() => void call.answer(media), ringMs)
    },
  })
  process.send?.(network.bound[0]?.port)
  process.on('message', () => void agent.close().then(() => process.exit()))
} else if (role === 'call') {
  const agent = new UserAgent(use)
  const to = /** @type {import('../dist/adapters/sip/uri.js').Uri} */ (parseUri(`sip:desk@127.0.0.1:${port}`))
  const from = /** @type {import('../dist/adapters/sip/uri.js').Uri} */ (parseUri('sip:caller@127.0.0.1'))
  const started = performance.now()
  const before = process.cpuUsage()
  const setUpMs = await Promise.all(
    Array.from({ length: Number(calls) }, async (_, i) => {
      await new Promise(resolve => setTimeout(resolve, (i * 1000) / Number(perSecond)))
      const dialled = performance.now()
      const call = agent.place({ to, from, media, ringMs: 10_000 })
      if (!(await call.answered)) return Infinity
      const tookMs = performance.now() - dialled
      await new Promise(resolve => setTimeout(resolve, talkMs))
      await call.hangUp()
      return tookMs
    }),
  )
  const { user, system } = process.cpuUsage(before)
  const wallMs = performance.now() - started
  console.log(JSON.stringify({ setUpMs: setUpMs.map(ms => ms - ringMs), cpuMs: (user + system) / 1000, wallMs }))
  await agent.close()
}
