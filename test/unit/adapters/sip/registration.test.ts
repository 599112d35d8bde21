import { expect, test } from 'vitest'
import type { Account, RegistrationState } from '../../../../src/adapters/sip/registration.js'
import type { UserAgent } from '../../../../src/adapters/sip/user-agent.js'
import { dnsOf, sipRig, uriOf, type SipRig } from '../../../support/sip/sip-rig.js'

const credentials = { username: 'desk', password: 'secret' }
const challenge = ['WWW-Authenticate', 'Digest realm="pbx", nonce="n1", qop="auth"'] as const

test('an agent registers with its password, and keeps registered', async () => {
  const { rig, registrar, states, registering } = start()
  const first = await registrar.request('REGISTER')
  expect(first.request.uri).toBe('sip:10.0.0.2')
  expect(first.request.headers.get('Authorization')).toBeUndefined()
  first.answer({ status: 401, headers: [challenge] })
  const second = await registrar.request('REGISTER')
  expect(second.request.headers.get('Authorization')).toMatch(/^Digest username="desk", realm="pbx", .* nc=00000001$/)
  second.answer({ status: 200, headers: [['Contact', '<sip:desk@10.0.0.1:5060>;expires=120, <sip:desk@10.0.0.9>;expires=7']] })
  expect((await registering).state).toEqual({ kind: 'registered', expiresS: 120 })
  const registeredAt = rig.clock.now()
  const third = await registrar.request('REGISTER')
  expect(Math.round((rig.clock.now() - registeredAt) / 1000)).toBe(80)
  expect(third.request.headers.get('Authorization')).toMatch(/nonce="n1".* nc=00000002$/)
  expect(third.request.headers.get('Call-ID')).toBe(first.request.headers.get('Call-ID'))
  third.answer({ status: 200, headers: [['Expires', '300']] })
  await rig.wait(1_000)
  expect(states.map(({ kind }) => kind)).toEqual(['registered', 'registered'])
})

test('a wrong password is tried once, and not again later', async () => {
  const { rig, registrar, registering } = start()
  for (const nonce of ['n1', 'n2']) {
    const { answer } = await registrar.request('REGISTER')
    answer({ status: 401, headers: [['WWW-Authenticate', `Digest realm="pbx", nonce="${nonce}"`]] })
  }
  expect((await registering).state).toMatchObject({ kind: 'refused', end: { cause: 'unauthorized', status: 401 } })
  await rig.wait(600_000)
  expect(registrar.count('REGISTER')).toBe(2)
})

test('a registrar that wants longer registrations gets them', async () => {
  const { registrar, registering } = start()
  ;(await registrar.request('REGISTER')).answer({ status: 423, headers: [['Min-Expires', '1800']] })
  const { request, answer } = await registrar.request('REGISTER')
  expect(request.headers.get('Expires')).toBe('1800')
  answer({ status: 200 })
  expect((await registering).state).toEqual({ kind: 'registered', expiresS: 1800 })
})

test('a registration that is lost is found again', async () => {
  const { rig, registrar, states, registering } = start()
  ;(await registrar.request('REGISTER')).answer({ status: 200, headers: [['Expires', '60']] })
  await registering
  ;(await registrar.request('REGISTER')).answer({ status: 503, headers: [['Retry-After', '5']] })
  const lostAt = rig.clock.now()
  ;(await registrar.request('REGISTER')).answer({ status: 200, headers: [['Expires', '60']] })
  expect(rig.clock.now() - lostAt).toBeGreaterThanOrEqual(5_000)
  await rig.wait(100)
  expect(states.map(({ kind }) => kind)).toEqual(['registered', 'lost', 'registered'])
})

test('a registrar that is away is asked again, more and more rarely', async () => {
  const rig = sipRig()
  const { states, registering } = startIn(rig, rig.agent('10.0.0.1'))
  expect((await registering).state).toMatchObject({ kind: 'lost', end: { cause: 'timeout' } })
  await rig.wait(3_600_000)
  const tries = states.filter(({ kind }) => kind === 'lost').length
  // A try takes 32 s to fail, and a pause no more than 75 s.
  expect(tries).toBeGreaterThan(30)
  expect(tries).toBeLessThan(60)
})

test('a connection that is lost takes the registration with it, so the agent registers again at once', async () => {
  const rig = sipRig()
  const registrar = rig.raw('10.0.0.2')
  const { registering } = startIn(rig, rig.agent('10.0.0.1'), { registrar: uriOf('sip:10.0.0.2;transport=tcp') })
  const first = await registrar.request('REGISTER')
  expect(first.request.headers.get('Contact')).toBe('<sip:desk@10.0.0.1:5060;transport=tcp>')
  first.answer({ status: 200, headers: [['Expires', '3600']] })
  await registering
  rig.network.breakConnections()
  const lostAt = rig.clock.now()
  ;(await registrar.request('REGISTER')).answer({ status: 200, headers: [['Expires', '3600']] })
  expect(rig.clock.now() - lostAt).toBeLessThan(1_000)
})

test('the next server of a domain is asked where the first does not answer', async () => {
  const rig = sipRig()
  const second = rig.raw('10.0.0.3')
  const dns = dnsOf({ 'a.example': ['10.0.0.2'], 'b.example': ['10.0.0.3'] }, [
    { name: 'b.example', port: 5060, priority: 2, weight: 0 },
    { name: 'a.example', port: 5060, priority: 1, weight: 0 },
  ])
  const { registering } = startIn(rig, rig.agent('10.0.0.1', { dns }), { registrar: uriOf('sip:example') })
  ;(await second.request('REGISTER')).answer({ status: 200, headers: [['Expires', '60']] })
  expect((await registering).state.kind).toBe('registered')
})

test('a name that leads nowhere is said to, and looked up again', async () => {
  const rig = sipRig()
  const { registering } = startIn(rig, rig.agent('10.0.0.1'), { registrar: uriOf('sip:nowhere.example') })
  expect((await registering).state).toMatchObject({ kind: 'lost', end: { cause: 'unreachable', error: { code: 'ENOTFOUND' } } })
})

test('closing the agent takes the registration back', async () => {
  const { agent, registrar, registering } = start()
  ;(await registrar.request('REGISTER')).answer({ status: 200, headers: [['Expires', '60']] })
  const registration = await registering
  const closed = agent.close()
  const { request, answer } = await registrar.request('REGISTER')
  expect(request.headers.get('Expires')).toBe('0')
  answer({ status: 200 })
  await closed
  expect(registration.state).toEqual({ kind: 'ended' })
})

function start() {
  const rig = sipRig()
  const agent = rig.agent('10.0.0.1')
  return { rig, agent, registrar: rig.raw('10.0.0.2'), ...startIn(rig, agent) }
}

function startIn(_rig: SipRig, agent: UserAgent, account: Partial<Account> = {}) {
  const states: RegistrationState[] = []
  const registering = agent.register(
    {
      registrar: uriOf('sip:10.0.0.2'),
      address: uriOf('sip:desk@10.0.0.2'),
      expiresS: 300,
      onChange: state => {
        if (state.kind !== 'registering') states.push(state)
      },
      ...account,
    },
    credentials,
  )
  return { states, registering }
}

test('the way that a registrar wants calls to take is that of the calls', async () => {
  const { rig, agent, registrar, registering } = start()
  const route = ['<sip:orig@10.0.0.3;lr>', '<sip:10.0.0.4;lr>']
  ;(await registrar.request('REGISTER')).answer({ status: 200, headers: [['Service-Route', route.join(', ')]] })
  const { serviceRoute } = await registering
  expect(serviceRoute).toEqual(route)
  rig.dial(agent, { proxy: uriOf('sip:10.0.0.2'), to: uriOf('sip:+15555550100@pbx.example.com'), route: serviceRoute })
  const { request } = await registrar.request('INVITE')
  expect([request.uri, request.headers.listed('Route')]).toEqual(['sip:+15555550100@pbx.example.com', route])
})
