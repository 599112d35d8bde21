import { expect, test } from 'vitest'
import { openRtpPort } from '../../../../src/adapters/rtp/rtp-port.js'

test('calls share out all pairs of the ports that are given, and no others', async () => {
  const [first, last] = [24_101, 24_110]
  const opened = await Promise.all(Array.from({ length: 4 }, () => openRtpPort('127.0.0.1', Math.random, { first, last })))
  expect(opened.map(({ port }) => port).toSorted((a, b) => a - b)).toEqual([24_102, 24_104, 24_106, 24_108])
  await expect(openRtpPort('127.0.0.1', Math.random, { first, last })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  for (const port of opened) port.close()
})
