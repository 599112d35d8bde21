import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RunEnded } from '../../src/domain/event.js'
import type { Transcript } from '../../src/domain/transcript.js'
import { openWorkplace, type Workplace } from '../cli/workplace.js'
import { startClinicTelephone, type ClinicNumber, type ClinicTelephone } from '../support/sip/clinic-telephone.js'
import { hasKamailio, startKamailio, type Kamailio } from '../support/sip/kamailio.js'
import { root } from './callsheet.js'
import { canTalk, caught } from './clinic-voice-verdicts.js'

// The suite of clinic-voice.test.ts, by telephone: through a proxy that asks for passwords, over TLS, with encrypted sound.

const [ours, other] = ['+15555550111', '+15555550112']
/** The clinic's numbers: those of the agent as it should be, and one for each bug. */
const [words, menu] = ['+15555550100', '+15555550101']
const bugs = Object.keys(caught)
const numberOf = (bug: string): string => `+1555555012${bugs.indexOf(bug)}`
const numbers: readonly ClinicNumber[] = [
  { number: words },
  { number: menu, hasKeys: true },
  ...bugs.map(bug => ({ number: numberOf(bug), bug, hasKeys: caught[bug]!.scenario === 'keys' })),
]
const ways = ['dialled', 'dials'] as const
/** Words take minutes: `npm run soak` speaks them, both ways, and to agents with bugs. Keys are pressed here. */
const isWhole = process.env['SPOKEN'] === 'whole'
const modes = ['same_number', 'different_numbers'] as const

describe.skipIf(!hasKamailio || !canTalk)(
  "the clinic's suite by telephone, through kamailio with digest and TLS",
  { timeout: 500_000 },
  () => {
    let kamailio: Kamailio
    let clinic: ClinicTelephone
    let place: Workplace
    beforeAll(async () => {
      kamailio = await startKamailio('SHA-256', { [ours]: 'callsheet', [other]: 'callsheet' })
      clinic = await startClinicTelephone(kamailio, numbers)
    })
    afterAll(async () => {
      await clinic?.[Symbol.asyncDispose]()
      await kamailio?.stop()
    })
    beforeEach(async () => (place = await openWorkplace()))
    afterEach(() => place[Symbol.asyncDispose]())

    test('has the verdicts of the calls over WebSockets, both ways and in both modes', async () => {
      const runs = ways.flatMap((way, i) => [
        ...(isWhole ? [`{ name: ${way} words, agent: ${way}_words, tags: [words], mode: ${modes[i]} }`] : []),
        `{ name: ${way} keys, agent: ${way}_menu, tags: [keys], mode: ${modes[1 - i]} }`,
      ])
      const agents = [...agentsAt('words', words), ...agentsAt('menu', menu)]
      const { exit, stdout, ended } = await call(agents, runs)
      expect(ended.map(({ run, outcome }) => `${run}: ${outcome.status}`).filter(text => !text.endsWith('passed'))).toEqual([])
      expect([exit, stdout]).toEqual([0, expect.stringContaining(isWhole ? 'PASSED: 6 of 6 runs passed' : 'PASSED: 2 of 2 runs passed')])
      for (const { run, outcome } of ended) {
        const { dialogue = '' } = (outcome as { transcript: Transcript }).transcript
        const invites = dialogue.match(/(sent to|received from) 127\.0\.0\.1:\d+ over TLS\nINVITE /g) ?? []
        // Whoever dials is asked for the password.
        expect([run, invites.length]).toEqual([run, run.startsWith('dialled') ? 2 : 1])
        expect(dialogue).toMatch(/\nm=audio \d+ RTP\/SAVP /)
      }
    })

    test.runIf(isWhole)('catches every planted bug by what catches it over WebSockets', async () => {
      const agents = bugs.flatMap(bug => agentsAt(bug, numberOf(bug)))
      // Both ways, and both modes.
      const runs = bugs.map(
        (bug, i) => `{ name: "${i}", agent: ${ways[i % 2]}_${bug}, scenarios: [${caught[bug]!.scenario}], mode: ${modes[i % 2]} }`,
      )
      const { exit, ended } = await call(agents, runs)
      expect(exit).toBe(1)
      const found = ended.map(({ run, outcome }) => {
        const bug = bugs[Number(run.split('/')[0])]!
        return `${bug}: ${broken(outcome).some(assertion => caught[bug]!.assertion.test(assertion))}`
      })
      expect(found.toSorted()).toEqual(bugs.map(bug => `${bug}: true`).toSorted())
    })

    function agentsAt(name: string, number: string): string[] {
      const connection = `type: sip, trunk: main`
      return [
        `dialled_${name}: { contact_number: "${number}", connection: { ${connection} } }`,
        `dials_${name}: { inbound: false, contact_number: "${number}", connection: { ${connection}, trigger: { url: "${clinic.triggerUrl}" } } }`,
      ]
    }

    async function call(agents: readonly string[], runs: readonly string[]) {
      cpSync(join(root, 'suites/clinic-voice/scenarios'), join(place.path, 'scenarios'), { recursive: true })
      writeFileSync(join(place.path, 'ca.pem'), kamailio.certificate)
      place.write(
        'telephone.yaml',
        `version: 1
suite: { name: Clinic by telephone }
include: [scenarios/]
telephony:
  trunks:
    main: { registrar: "sip:127.0.0.1:${kamailio.tlsPort};transport=tls", username: callsheet, password: secret, register: true,
            numbers: ["${ours}", "${other}"], srtp: required }
agents:
  ${agents.join('\n  ')}
runs:
  - ${runs.join('\n  - ')}
limits: { run_timeout: 90s, concurrency: 2 }
retries: { infra_error: 4 }
recordings: none
`,
      )
      const executed = await place.run(['run', 'telephone.yaml', '--out', 'result'], {
        NODE_EXTRA_CA_CERTS: join(place.path, 'ca.pem'),
        CALLSHEET_CACHE: join(place.path, 'cache'),
      })
      const ended = place.journal('result').filter((event): event is RunEnded => event.type === 'run.ended')
      return { ...executed, ended }
    }
  },
)

function broken(outcome: RunEnded['outcome']): string[] {
  if (outcome.status !== 'failed') return [`${outcome.status} instead of failed`]
  return outcome.verdict.checks.filter(({ holds }) => holds === 'no').map(({ assertion }) => assertion)
}
