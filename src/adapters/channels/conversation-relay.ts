import type { Channel, ChannelFactory } from '../../ports/channel.js'
import { connectionOf } from './connection-of.js'
import { conversationRelayDialect } from './relay/conversation-relay-dialect.js'
import { relayChannel } from './relay/relay-channel.js'
import { usualFrom, usualTo } from './voice/lines/numbers.js'
import { sidsOf } from './voice/lines/sids.js'
import { signatureOf, signedUrl } from './voice/lines/twilio/signature.js'

/** Text as ConversationRelay of Twilio and Telnyx exchanges it: we play the provider, and nothing is spoken. */
export const conversationRelayChannel: ChannelFactory = (agent, use): Channel => {
  const { url, accountSid, authToken, from = usualFrom, to = usualTo, ...more } = connectionOf(agent, 'conversation_relay')
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
