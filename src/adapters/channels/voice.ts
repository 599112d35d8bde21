import type { ChannelFactory } from '../../ports/channel.js'

/** The channel to agents that are called. */
export const voiceChannel: ChannelFactory = ({ key, connection }) => {
  throw new Error(`${key} cannot be called over ${connection.type} yet.`)
}
