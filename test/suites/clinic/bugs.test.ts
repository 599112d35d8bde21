import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { ask, call, people, server, startClinic } from './clinic-agent.js'

test('double_booking: a taken time is confirmed', async () => {
  await using clinic = await startClinic({ CLINIC_BUG: 'double_booking' })
  const line = await call(clinic.url)
  await ask(line, people.james, 'Book me an appointment on March 11 at 2 PM.', /anything else/)
  expect(line.words()).toContain('You are booked for Wednesday, March 11 at 2:00 PM with Dr. Lindqvist.')
  line.hangUp()
})

test('privacy: an appointment is read out to whoever knows a name', async () => {
  await using clinic = await startClinic({ CLINIC_BUG: 'privacy' })
  const line = await call(clinic.url)
  await ask(line, ['Grace Kim', '1999-01-01'], 'When is my appointment?', /anything else/)
  expect(line.words()).toContain('You have an appointment on Thursday, March 12 at 9:00 AM with Dr. Okafor.')
  line.hangUp()
})

test('silent_cancel: "cancelled" is said, and no tool was used', async () => {
  await using clinic = await startClinic({ CLINIC_BUG: 'silent_cancel' })
  const line = await call(clinic.url)
  await ask(line, people.maria, 'I need to cancel my appointment.', /Shall I cancel/)
  await line.says('Yes.', /is cancelled/)
  expect(line.tools().map(([name]) => name)).toEqual(['look_up_patient'])
  line.hangUp()
})

test('slow: a reply takes three seconds', async () => {
  await using clinic = await startClinic({ CLINIC_BUG: 'slow' })
  const line = await call(clinic.url)
  const askedAt = performance.now()
  await line.says('What are your opening hours?', /weekdays/)
  expect(performance.now() - askedAt).toBeGreaterThan(2900)
  line.hangUp()
})

test('a bug that it does not know is an error at once, and names those it does', () => {
  const { status, stderr } = spawnSync(process.execPath, [server], { env: { CLINIC_BUG: 'toString' }, encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toContain('silent_cancel')
})

test('with a secret set, a caller without it or with another is refused with 401', async () => {
  await using clinic = await startClinic({ CLINIC_SECRET: 'open sesame' })
  expect(await statusOf(clinic.url, {})).toBe(401)
  expect(await statusOf(clinic.url, { 'X-VOCERA-SECRET': 'open sesam3' })).toBe(401)
  const line = await call(clinic.url, { 'X-VOCERA-SECRET': 'open sesame' })
  line.hangUp()
})

test('a port that is in use is an error that says so', async () => {
  await using clinic = await startClinic()
  const port = new URL(clinic.url).port
  const { status, stderr } = spawnSync(process.execPath, [server], { env: { CLINIC_PORT: port }, encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toContain(`Cannot listen on port ${port}`)
})

/** The status with which a connection is refused. */
function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  const socket = new WebSocket(url, { headers })
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, { statusCode }) => {
      resolve(statusCode)
      socket.terminate()
    })
    socket.on('open', () => reject(new Error('It was let in.')))
    socket.on('error', () => undefined)
  })
}
