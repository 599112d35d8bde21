import { expect, test } from 'vitest'
import type { Adapters } from '../../../src/app/registry.js'
import { withSharedDesks } from '../../../src/app/shared-desks.js'
import { openToolDesk } from '../../../src/adapters/tools/tool-desk.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import { agent } from '../../support/build.js'
import { freePort } from '../../suites/callsheet.js'

test('agents whose mock tools have the same port share a desk, that is closed with the last of them and may be opened again', async () => {
  const parts: Pick<Adapters, 'toolDesk'> = { toolDesk: which => openToolDesk(which, { clock: systemClock }) }
  const use = withSharedDesks(parts as Adapters)
  const port = Number(await freePort())
  const own = agent({ mockTools: { tools: [], port } })
  const answers = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/tools`).then(
      () => true,
      () => false,
    )

  const [one, two] = await Promise.all([use.toolDesk(own), use.toolDesk({ ...own, connection: { type: 'polled' } })])
  await one[Symbol.asyncDispose]()
  expect(await answers()).toBe(true)
  const closing = two[Symbol.asyncDispose]()
  const three = await use.toolDesk(own)
  await closing
  expect(await answers()).toBe(true)
  await three[Symbol.asyncDispose]()
  expect(await answers()).toBe(false)
})
