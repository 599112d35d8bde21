import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RunEnded } from '../../src/domain/event.js'
import type { Fault } from '../../src/domain/fault.js'
import type { IncomingCall } from '../../src/adapters/sip/incoming-call.js'
import { freePort } from '../suites/callsheet.js'
import { openWorkplace, type Workplace } from '../cli/workplace.js'
import { engine } from '../support/call-suite.js'
import { hasKamailio, startKamailio } from '../support/sip/kamailio.js'
import { startSipAgent } from '../support/sip-agent.js'

let place: Workplace
beforeEach(async () => (place = await openWorkplace()))
afterEach(() => place[Symbol.asyncDispose]())

/** What becomes of a call to each user of a little agent. */
const users: Readonly<Record<string, (call: IncomingCall) => void>> = {
  busy: call => call.refuse(486),
  declines: call => call.refuse(603),
  away: call => call.refuse(480),
  broken: call => call.refuse(500),
  moved: call => call.refuse(302),
  rings: call => call.ring(),
  codecs: call => call.refuse(488),
}

/** Each agent of the suite with its connection, and what is to be said of it. */
const cases: Readonly<Record<string, readonly [connection: string, by: Fault['by'], code: Fault['code'], words: RegExp]>> = {
  busy: ['uri: "sip:busy@AGENT"', 'agent', 'busy', /is busy \(486 Busy Here\)/],
  declines: ['uri: "sip:declines@AGENT"', 'agent', 'declined', /declined the call \(603 Decline\)/],
  away: ['uri: "sip:away@AGENT"', 'agent', 'no_answer', /is not available \(480/],
  broken: ['uri: "sip:broken@AGENT"', 'agent', 'declined', /did not take the call \(500 Server Internal Error\)\. Check the address/],
  moved: ['uri: "sip:moved@AGENT"', 'agent', 'declined', /redirects are not followed/],
  rings: ['uri: "sip:rings@AGENT", ring: 2s', 'agent', 'no_answer', /did not answer the call within 2 s/],
  codecs: [
    'uri: "sip:codecs@AGENT"',
    'agent',
    'no_common_media',
    /refused our offer \(488\)\. If it takes encrypted calls only, set srtp: required\. Otherwise have it speak PCMU, PCMA or G\.722/,
  ],
  plain: [
    'uri: "sip:desk@PLAIN", srtp: required',
    'agent',
    'no_common_media',
    /we require SRTP \(srtp: required\): set srtp to allowed, or have it encrypt/,
  ],
  encrypts: ['uri: "sip:desk@SECURE", srtp: off', 'agent', 'no_common_media', /It may require SRTP, and we do not encrypt \(srtp: off\)/],
  nobody: ['uri: "sip:desk@127.0.0.1:CLOSED;transport=tcp"', 'infra', 'refused', /./],
  no_host: ['uri: "sip:desk@no-such-host.invalid"', 'infra', 'no_such_host', /./],
  certificate: ['uri: "sip:desk@TLS;transport=tls"', 'infra', 'tls', /NODE_EXTRA_CA_CERTS/],
  password: [
    'trunk: wrong',
    'infra',
    'not_authorized',
    /does not accept our user name and password \(407\)\. Correct username and password of the trunk "wrong"; nothing was tried twice/,
  ],
  no_password: [
    'trunk: open',
    'infra',
    'not_authorized',
    /asks for a user name and a password \(407\)\. Add username and password to the trunk "open"/,
  ],
  route: ['trunk: main', 'infra', 'not_routed', /The trunk "main" does not carry the call.*404/],
  late: ['trunk: waits, ring: 2s', 'agent', 'not_called', /did not call \+1555555011[12] within 2 s/],
  untold: ['trunk: waits, ring: 20s, trigger: { url: "TRIGGER" }', 'infra', 'unreachable', /tells the agent to call, failed \(500\)/],
}

test.skipIf(!hasKamailio)(
  'every way in which a telephone call can fail is told by its name, and blamed on whose it is',
  { timeout: 120_000 },
  async () => {
    const kamailio = await startKamailio('MD5')
    const agent = await startSipAgent({ onCall: call => users[call.to.user]!(call) })
    const plain = await startSipAgent({ srtp: 'off' })
    const secure = await startSipAgent({ srtp: 'required' })
    const webhook = createServer((_, response) => void response.writeHead(500).end())
    await new Promise<void>(resolve => webhook.listen(0, '127.0.0.1', resolve))
    try {
      const names: Readonly<Record<string, string>> = {
        AGENT: `127.0.0.1:${agent.port}`,
        PLAIN: `127.0.0.1:${plain.port}`,
        SECURE: `127.0.0.1:${secure.port}`,
        TLS: `127.0.0.1:${kamailio.tlsPort}`,
        CLOSED: await freePort(),
        TRIGGER: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/call`,
      }
      const connected = (text: string): string => text.replaceAll(/\b[A-Z]{3,}\b/g, name => names[name] ?? name)
      place.write('faults.yaml', suiteOf(kamailio.port, Number(await freePort()), connected))
      const { exit } = await place.run(['run', 'faults.yaml', '--out', 'result'], { CALLSHEET_CACHE: join(place.path, 'cache') })
      expect(exit).toBe(3)
      const ended = place.journal('result').filter((event): event is RunEnded => event.type === 'run.ended')
      const found = Object.fromEntries(
        ended.map(({ run, outcome }) => {
          const { by, code, message = '' } = 'fault' in outcome ? outcome.fault : ({} as Partial<Fault>)
          return [run.split('/')[0]!.replaceAll('-', '_'), { status: outcome.status, by, code, message }]
        }),
      )
      const wanted = Object.entries(cases).map(([name, [, by, code, words]]) => [
        name,
        { status: `${by}_error`, by, code, message: expect.stringMatching(words) as string },
      ])
      expect(found).toEqual(Object.fromEntries(wanted))

      // With the certificate trusted, the proxy is heard, and wants a password.
      writeFileSync(join(place.path, 'ca.pem'), kamailio.certificate)
      place.write('trusting.env', `NODE_EXTRA_CA_CERTS=${join(place.path, 'ca.pem')}`)
      await place.run(['run', 'faults.yaml', '--out', 'again', '--filter', 'certificate/talks', '--env-file', 'trusting.env'])
      const [again] = place.journal('again').filter((event): event is RunEnded => event.type === 'run.ended')
      expect(again?.outcome).toMatchObject({ fault: { code: 'not_authorized', status: 407 } })
    } finally {
      webhook.close()
      for (const each of [agent, plain, secure]) await each[Symbol.asyncDispose]()
      await kamailio.stop()
    }
  },
)

function suiteOf(proxy: number, listens: number, connected: (text: string) => string): string {
  const agents = Object.entries(cases).map(([name, [connection]]) => {
    const how = /waits/.test(connection) ? 'inbound: false, ' : ''
    return `${name}: { ${how}contact_number: "+15555550100", connection: { type: sip, ${connected(connection)} } }`
  })
  return `version: 1
suite: { name: Faults }
retries: { infra_error: 0, agent_error: 0 }
recordings: none
models:
  tts: { engine: command, command: ${engine('speak')} }
  stt: { engine: command, command: ${engine('hear')} }
telephony:
  trunks:
    main: { registrar: "sip:127.0.0.1:${proxy}", username: callsheet, password: secret }
    wrong: { registrar: "sip:127.0.0.1:${proxy}", username: callsheet, password: guess-again }
    open: { registrar: "sip:127.0.0.1:${proxy}", numbers: ["+15555550113"] }
    waits: { registrar: "sip:127.0.0.1:${proxy}", numbers: ["+15555550111", "+15555550112"], listen: { address: 127.0.0.1, port: ${listens} } }
agents:
  ${agents.join('\n  ')}
scenarios:
  talks: { script: { first_message: "hello. <endcall/>" }, expect: [{ agent_says: { contains: hello } }] }
runs: [${Object.keys(cases)
    .map(name => `{ name: "${name}", agent: ${name}${/late|untold/.test(name) ? ', mode: different_numbers' : ''} }`)
    .join(', ')}]
`
}
