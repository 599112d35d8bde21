// Reads an INVITE again and again. Prints microseconds a message, one number a round.
import { parseMessage } from '../dist/adapters/sip/parse-message.js'
import { unfitness } from '../dist/adapters/sip/check-message.js'

const description =
  'v=0\r\no=- 3912 3912 IN IP4 203.0.113.7\r\ns=-\r\nc=IN IP4 203.0.113.7\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0 8 9 101\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=sendrecv\r\n'
const invite = Buffer.from(
  `INVITE sip:+15555550100@pbx.example.com;transport=udp SIP/2.0
Via: SIP/2.0/UDP 198.51.100.4:5060;branch=z9hG4bK7a9.1f6e2c0a4d1;received=198.51.100.4;rport=5060
Via: SIP/2.0/UDP 203.0.113.7:5060;branch=z9hG4bK9f31c7d86a0b44aa;rport
Record-Route: <sip:198.51.100.4;lr;ftag=8ac1d5>, <sip:198.51.100.5:5080;lr>
Max-Forwards: 69
From: "Test Caller" <sip:+15555550111@pbx.example.com>;tag=8ac1d5b7a6
To: <sip:+15555550100@pbx.example.com>
Call-ID: 2b6f1e8e-51dd-4c0a-9fd4-0ffac39af2d1@203.0.113.7
CSeq: 102 INVITE
Contact: <sip:+15555550111@203.0.113.7:5060>
User-Agent: callsheet
Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, PRACK, INFO, REFER
Supported: timer, 100rel, replaces
Session-Expires: 1800
Min-SE: 90
Proxy-Authorization: Digest username="trunk", realm="pbx.example.com", nonce="ZmE3ZTQ3YzE5YjU2", uri="sip:+15555550100@pbx.example.com", response="6629fae49393a05397450978507c4ef1", algorithm=MD5, qop=auth, cnonce="0a4f113b", nc=00000001
X-Run-Id: 5b2f4c
Content-Type: application/sdp
Content-Length: ${description.length}

`.replaceAll('\n', '\r\n') + description,
)

const rounds = Number(process.argv[2])
const messages = 20_000
const times = []
for (let round = -1; round < rounds; round += 1) {
  const started = performance.now()
  for (let i = 0; i < messages; i += 1) {
    const message = parseMessage(invite)
    if (message.kind === 'malformed' || unfitness(message) !== undefined) throw new Error('The INVITE was not read.')
  }
  // The first round warms up.
  if (round >= 0) times.push(((performance.now() - started) * 1000) / messages)
}
console.log(JSON.stringify(times))
