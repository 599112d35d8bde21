import { createSocket } from 'node:dgram'
import type { AddressInfo } from 'node:net'
import { parseMessage } from '../../../src/adapters/sip/parse-message.js'
import { parseNameAddr } from '../../../src/adapters/sip/name-addr.js'
import { responseTo } from '../../../src/adapters/sip/respond.js'
import { parseUri } from '../../../src/adapters/sip/uri.js'
import { writeMessage } from '../../../src/adapters/sip/write-message.js'

export interface Registrar extends AsyncDisposable {
  readonly port: number
  /** Where the last that registered takes calls. */
  contactPort(): number | undefined
}

/** Takes everybody who registers, and says nothing to anything else. */
export async function startRegistrar(address: string): Promise<Registrar> {
  const socket = createSocket('udp4')
  let contactPort: number | undefined
  socket.on('message', (bytes, from) => {
    const request = parseMessage(bytes)
    if (request.kind !== 'request' || request.method !== 'REGISTER') return
    const contact = request.headers.get('Contact') ?? ''
    contactPort = parseUri(parseNameAddr(contact)?.uri ?? '')?.port
    socket.send(
      writeMessage(responseTo(request, { status: 200, headers: [['Contact', `${contact};expires=600`]] })),
      from.port,
      from.address,
    )
  })
  await new Promise<void>(resolve => socket.bind(0, address, resolve))
  return {
    port: (socket.address() as AddressInfo).port,
    contactPort: () => contactPort,
    [Symbol.asyncDispose]: async () => void socket.close(),
  }
}
