import { httpChannel } from '../../../src/adapters/channels/http.js'
import { websocketChannel } from '../../../src/adapters/channels/websocket.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import { startHttpAgent } from '../../agents/http-agent.js'
import { startWebSocketAgent } from '../../agents/websocket-agent.js'
import { agent } from '../../support/build.js'
import { answeringTraits, describeChannel, framedTraits } from '../channels/describe-channel.js'
import { deskOf, gives, tool } from './desk.js'

// A channel whose tools are mocked is a channel: it keeps the same promises.

const tools = [tool('find', [gives('found')])]

describeChannel(
  'websocket, with mock tools,',
  async () => {
    const running = await startWebSocketAgent()
    const desk = await deskOf(tools)
    const own = await websocketChannel(agent({ connection: { type: 'websocket', url: running.url } }), {
      clock: systemClock,
      concurrency: 4,
    })
    return {
      channel: desk.attend(own, tools),
      underWay: running.openConnections,
      stop: async () => {
        await desk[Symbol.asyncDispose]()
        await running.close()
      },
    }
  },
  {
    ...framedTraits,
    faults: [
      ['/not-json', 'not_json'],
      ['/close 1011', 'closed'],
      ['/reset', 'reset'],
    ],
  },
)

describeChannel(
  'http, with mock tools,',
  async () => {
    const running = await startHttpAgent()
    const desk = await deskOf(tools)
    const connection = { type: 'http', url: running.url, toolCalls: '/tools', metadata: '/metadata', end: '/done' } as const
    const own = await httpChannel(agent({ connection }), { clock: systemClock, concurrency: 4 })
    return {
      channel: desk.attend(own, tools),
      underWay: running.underWay,
      stop: async () => {
        await desk[Symbol.asyncDispose]()
        await running.close()
      },
    }
  },
  {
    ...answeringTraits,
    faults: [['/not-json', 'not_json']],
  },
)
