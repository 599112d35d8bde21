import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWorkplace, type Workplace } from '../cli/workplace.js'
import { readPage } from '../docs/pages.js'
import { engine } from '../support/call-suite.js'
import { hasKamailio, startKamailio, type Kamailio } from '../support/sip/kamailio.js'
import { uriOf } from '../support/sip/sip-rig.js'
import { startSipAgent, type SipAgent } from '../support/sip-agent.js'
import { talkOn } from '../support/sip-talker.js'

const number = '+15555550100'
let place: Workplace
let kamailio: Kamailio
let agent: SipAgent
beforeEach(async () => (place = await openWorkplace()))
afterEach(async () => {
  await agent?.[Symbol.asyncDispose]()
  await kamailio?.stop()
  await place[Symbol.asyncDispose]()
})

// As a reader does it: only the provider's address is another, and what speaks and hears, so that it takes no models.
test.skipIf(!hasKamailio)('the trunk of docs/telephony.md registers, dials, and passes its suite', { timeout: 180_000 }, async () => {
  kamailio = await startKamailio('SHA-256')
  agent = await startSipAgent({
    async onCall(incoming, { take }) {
      talkOn(await take(incoming), words => (words.includes('friday') ? 'yes, on friday.' : undefined), 'clinic. how can i help?')
    },
  })
  const account = { registrar: uriOf(`sip:127.0.0.1:${kamailio.port}`), address: uriOf(`sip:${number}@127.0.0.1`) }
  await agent.userAgent.register(account, { username: number, password: 'secret' })
  const { blocks } = readPage('docs/telephony.md')
  const suite = blocks.find(({ settings }) => settings.get('file') === 'suite.yaml')!.text
  const speech = `retries: { infra_error: 8 }\nmodels: { tts: { engine: command, command: ${engine('speak')} }, stt: { engine: command, command: ${engine('hear')} } }`
  place.write('suite.yaml', `${suite.replace('pbx.example.com', `127.0.0.1:${kamailio.tlsPort}`)}${speech}\n`)
  place.write('ca.pem', kamailio.certificate)
  place.write('my.env', `SIP_USER=callsheet\nSIP_PASSWORD=secret\nNODE_EXTRA_CA_CERTS=${join(place.path, 'ca.pem')}`)

  const env = ['--env-file', 'my.env']
  const registered = await place.run(['phone', 'register', 'suite.yaml', ...env])
  expect([registered.exit, registered.stdout]).toEqual([0, expect.stringContaining(' takes us, for ')])
  const dialled = await place.run(['phone', 'dial', 'suite.yaml', number, '--seconds', '1', ...env])
  expect([dialled.exit, dialled.stdout]).toEqual([0, expect.stringContaining('The call was answered; ')])
  const ran = await place.run(['run', 'suite.yaml', '--out', 'result', ...env], { CALLSHEET_CACHE: join(place.path, 'cache') })
  expect([ran.exit, ran.stdout]).toEqual([0, expect.stringContaining('PASSED: 1 of 1 run passed')])
})
