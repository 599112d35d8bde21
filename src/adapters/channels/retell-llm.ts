import type { Channel, ChannelFactory } from '../../ports/channel.js'
import { connectionOf } from './connection-of.js'
import { relayChannel } from './relay/relay-channel.js'
import { retellLlmDialect } from './relay/retell-llm-dialect.js'
import { numbersOf } from './voice/lines/numbers.js'

/** Text as Retell exchanges it with a custom LLM: we play Retell, and nothing is spoken. */
export const retellLlmChannel: ChannelFactory = (agent, use): Channel => {
  const connection = connectionOf(agent, 'retell_llm')
  const { url, parameters = {}, headers = {}, rateLimited } = connection
  return relayChannel(
    {
      headers,
      waitsIfLimited: rateLimited?.wait ?? true,
      urlOf: ({ runId }) => withCall(url, runId),
      dialect: call => {
        const { from, to } = numbersOf(call, connection)
        const details = {
          call_type: 'phone_call',
          call_id: call.runId,
          agent_id: agent.key,
          call_status: 'ongoing',
          direction: 'inbound',
          from_number: from,
          to_number: to,
          metadata: {},
          retell_llm_dynamic_variables: parameters,
        }
        return dialectUse => retellLlmDialect(details, dialectUse)
      },
    },
    new URL(url),
    use,
  )
}

/** The address of a call, as Retell makes it: with the call's id at the end of its path. */
function withCall(address: string, callId: string): URL {
  const url = new URL(address)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${callId}`
  return url
}
