import { expect, test } from 'vitest'
import { openWorkplace } from './workplace.js'

const suite = `version: 1
suite: { name: Numbers }
telephony: { trunks: { main: { registrar: "sip:pbx.example.com", numbers: ["+15555550111"], listen: { port: 5060 } } } }
agents:
  dialled: { contact_number: "+15555550100", connection: { type: sip, trunk: main } }
  calls: { inbound: false, contact_number: "+15555550100", connection: { type: sip, trunk: main } }
  desk: { connection: { type: sip, uri: "sip:desk@127.0.0.1" } }
  chat: { connection: { type: http, url: "http://127.0.0.1:9/" } }
scenarios:
  asks: { script: { first_message: "hello. <endcall/>" }, expect: [{ agent_says: { contains: hello } }] }
runs:
`
const numbers = 'mode: different_numbers, outbound_phone_number: "+15555550111", agent_number: "+15555550122"'

async function warned(command: 'validate' | 'plan', agent: string): Promise<(string | undefined)[]> {
  await using place = await openWorkplace()
  place.write('suite.yaml', `${suite}  - { agent: ${agent}, ${numbers} }\n`)
  const { stdout, stderr } = await place.run([command, 'suite.yaml'])
  return [...`${stderr}\n${stdout}`.matchAll(/^warning (\w+): (\w+)/gm)].map(([, code, what]) => `${code} ${what}`)
}

test.each([
  ['calls', []],
  ['dialled', ['AGENT_NUMBER_NO_EFFECT agent_number']],
  ['desk', ['MODE_NO_EFFECT mode', 'PHONE_NUMBER_NO_EFFECT outbound_phone_number', 'AGENT_NUMBER_NO_EFFECT agent_number']],
  ['chat', ['MODE_NO_EFFECT mode', 'PHONE_NUMBER_NO_EFFECT outbound_phone_number', 'AGENT_NUMBER_NO_EFFECT agent_number']],
])('telephone numbers that have no effect for "%s" are warned of', async (agent, warnings) => {
  expect(await warned('validate', agent)).toEqual(warnings)
  expect(await warned('plan', agent)).toEqual(warnings)
})
