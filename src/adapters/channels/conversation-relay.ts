import type { Channel, ChannelFactory } from '../../ports/channel.js'
import { connectionOf } from './connection-of.js'
import { conversationRelayDialect } from './relay/conversation-relay-dialect.js'
import { relayChannel } from './relay/relay-channel.js'
import { numbersOf } from './voice/lines/numbers.js'
import { sidsOf } from './voice/lines/sids.js'
import { signatureOf, signedUrl } from './voice/lines/twilio/signature.js'

/** Text as ConversationRelay of Twilio and Telnyx exchanges it: we play the provider, and nothing is spoken. */
export const conversationRelayChannel: ChannelFactory = (agent, use): Channel => {
  const connection = connectionOf(agent, 'conversation_relay')
  const { url, accountSid, authToken, ...more } = connection
  const { language = 'en-US', parameters = {}, headers, rateLimited } = more
  const place = new URL(url)
  const signature = authToken === undefined ? {} : { 'X-Twilio-Signature': signatureOf(authToken, signedUrl(url)) }
  return relayChannel(
    {
      headers: { ...headers, ...signature },
      waitsIfLimited: rateLimited?.wait ?? true,
      urlOf: () => place,
      dialect: call => {
        const sids = sidsOf(call, accountSid)
        const { from, to } = numbersOf(call, connection)
        const setup = {
          sessionId: sids.session,
          accountSid: sids.account,
          parentCallSid: '',
          callSid: sids.call,
          from,
          to,
          forwardedFrom: '',
          callType: 'PSTN',
          callerName: '',
          direction: 'inbound',
          callStatus: 'RINGING',
          customParameters: parameters,
        }
        return dialectUse => conversationRelayDialect({ setup, language, elapsedS: () => call.elapsedS() }, dialectUse)
      },
    },
    place,
    use,
  )
}
