import { createSocket } from 'node:dgram'
import type { AddressInfo } from 'node:net'
import type { SipRequest } from '../../../src/adapters/sip/message.js'
import { parseMessage } from '../../../src/adapters/sip/parse-message.js'
import { responseTo, type ResponseParts } from '../../../src/adapters/sip/respond.js'
import { writeMessage } from '../../../src/adapters/sip/write-message.js'

/** A far side over UDP that answers each request by itself, or not at all. */
export interface AnsweringPeer extends AsyncDisposable {
  readonly port: number
}

export async function startAnsweringPeer(
  address: string,
  answer: (request: SipRequest) => ResponseParts | undefined,
): Promise<AnsweringPeer> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
  socket.on('message', (bytes, from) => {
    const request = parseMessage(bytes)
    const parts = request.kind === 'request' && request.method !== 'ACK' ? answer(request) : undefined
    if (parts) socket.send(writeMessage(responseTo(request as SipRequest, parts)), from.port, from.address)
  })
  await new Promise<void>(resolve => socket.bind(0, address, resolve))
  return { port: (socket.address() as AddressInfo).port, [Symbol.asyncDispose]: async () => void socket.close() }
}
