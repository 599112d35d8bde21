import type { Clock } from '../../ports/clock.js'
import type { PhoneLines } from '../../ports/phone-lines.js'

/**
 * The numbers and lines of trunks, shared by all workers of a queue. The queue is reached for them with the first call over a trunk.
 *
 * @param url  Of the queue.
 */
export function sharedPhoneLines(url: string, clock: Clock): PhoneLines {
  let opened: Promise<PhoneLines> | undefined
  return {
    async take(...wanted) {
      return (await (opened ??= open(url, clock))).take(...wanted)
    },
    async [Symbol.asyncDispose]() {
      await (await opened)?.[Symbol.asyncDispose]()
    },
  }
}

async function open(url: string, clock: Clock): Promise<PhoneLines> {
  const [{ openTrunkDesks }, { createPhoneLines }] = await Promise.all([
    import('../../adapters/queues/trunk-desks.js'),
    import('../../adapters/telephony/phone-lines.js'),
  ])
  return createPhoneLines(await openTrunkDesks(url), clock)
}
