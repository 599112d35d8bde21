import { createSocket, type Socket } from 'node:dgram'
import type { AddressInfo } from 'node:net'
import { G722Encoder } from '../../../src/adapters/audio/g722.js'
import { writeRtp } from '../../../src/adapters/rtp/rtp-packet.js'
import type { SipRequest } from '../../../src/adapters/sip/message.js'
import { parseMessage } from '../../../src/adapters/sip/parse-message.js'
import { responseTo } from '../../../src/adapters/sip/respond.js'
import { writeMessage } from '../../../src/adapters/sip/write-message.js'

/** A far side of two branches: one rings with PCMU, and the other answers with G.722, and sends as much sound as it is told to. */
export class ForkingPeer implements AsyncDisposable {
  readonly #sip: Socket
  readonly #rtp: Socket

  private constructor(
    sip: Socket,
    rtp: Socket,
    private readonly seconds: number,
  ) {
    this.#sip = sip
    this.#rtp = rtp
    sip.on('message', (bytes, from) => {
      const request = parseMessage(bytes)
      if (request.kind !== 'request' || request.method === 'ACK') return
      for (const answer of this.#answers(request)) this.#sip.send(answer, from.port, from.address)
    })
  }

  static async start(seconds: number): Promise<ForkingPeer> {
    return new ForkingPeer(await bound(), await bound(), seconds)
  }

  get port(): number {
    return portOf(this.#sip)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#sip.close()
    this.#rtp.close()
  }

  #answers(request: SipRequest): Buffer[] {
    if (request.method !== 'INVITE') return [writeMessage(responseTo(request, { status: 200 }))]
    const answer = (status: number, tag: string, payload: string): Buffer =>
      writeMessage(
        responseTo(request, {
          status,
          tag,
          headers: [['Contact', `<sip:${tag}@127.0.0.1:${this.port}>`]],
          body: { type: 'application/sdp', content: this.#description(payload) },
        }),
      )
    void this.#speak(Number(/^m=audio (\d+)/m.exec(request.body)?.[1]))
    return [answer(183, 'rings', '0'), answer(200, 'answers', '9')]
  }

  #description(payload: string): string {
    return `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${portOf(this.#rtp)} RTP/AVP ${payload}\r\n`
  }

  async #speak(port: number): Promise<void> {
    const encoder = new G722Encoder()
    await new Promise(resolve => setTimeout(resolve, 300))
    const started = performance.now()
    for (let sequence = 0; sequence < this.seconds * 50; sequence += 1) {
      const tone = Int16Array.from({ length: 320 }, (_, i) => 8000 * Math.sin((2 * Math.PI * 440 * (sequence * 320 + i)) / 16_000))
      const payload = encoder.encode(tone)
      this.#rtp.send(
        writeRtp({ payloadType: 9, isMarked: false, sequence, timestamp: 160 * sequence, ssrc: 7, payload }),
        port,
        '127.0.0.1',
      )
      await new Promise(resolve => setTimeout(resolve, Math.max(0, 20 * (sequence + 1) - (performance.now() - started))))
    }
  }
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4')
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  return socket
}

function portOf(socket: Socket): number {
  return (socket.address() as AddressInfo).port
}
