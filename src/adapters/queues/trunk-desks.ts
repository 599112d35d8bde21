import type { Redis } from 'ioredis'
import { emptyDesk, type TrunkDesk } from '../../domain/trunk-desk.js'
import type { DeskChange, TrunkDesks } from '../../ports/trunk-desks.js'
import { connectRedis } from './connection.js'
import { deskChannel, deskKey, deskKeptS } from './names.js'

/** Stores a desk only if it is as it was read. Tells who waits that something was given back. */
const exchange = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
if ARGV[4] == '1' then redis.call('PUBLISH', KEYS[2], ARGV[5]) end
return 1`

/**
 * The desks of all processes that share a queue, each as one value in Redis.
 *
 * @param url  `redis://` or `rediss://`.
 * @throws {QueueError} when Redis cannot be reached.
 */
export async function openTrunkDesks(url: string): Promise<TrunkDesks> {
  const redis = await connectRedis(url)
  const listening = await connectRedis(url)
  const watchers = new Map<string, Set<() => void>>()
  listening.on('message', (_, trunk: string) => {
    for (const changed of watchers.get(trunk) ?? []) changed()
  })
  await listening.subscribe(deskChannel)

  /** What this process wants to change; all that gathers while a desk is read and stored is done at once. */
  const wanted = new Map<string, Change[]>()

  const changeAll = async (trunk: string, changes: Change[]): Promise<void> => {
    while (changes.length > 0) {
      const now = changes.splice(0)
      try {
        const results = await changeOne(redis, trunk, now)
        for (const [i, { done }] of now.entries()) done(results[i])
      } catch (cause) {
        for (const { failed } of now) failed(cause)
      }
    }
    wanted.delete(trunk)
  }

  return {
    change<T>(trunk: string, change: DeskChange<T>) {
      return new Promise<T>((resolve, reject) => {
        const own: Change = { change, done: result => resolve(result as T), failed: reject }
        const others = wanted.get(trunk)
        if (others) return void others.push(own)
        const changes = [own]
        wanted.set(trunk, changes)
        void changeAll(trunk, changes)
      })
    },
    watch(trunk, changed) {
      const own = watchers.get(trunk) ?? new Set()
      watchers.set(trunk, own.add(changed))
      return () => void own.delete(changed)
    },
    async [Symbol.asyncDispose]() {
      watchers.clear()
      redis.disconnect()
      listening.disconnect()
    },
  }
}

interface Change {
  readonly change: DeskChange<unknown>
  readonly done: (result: unknown) => void
  readonly failed: (cause: unknown) => void
}

/** Tries until nobody else has changed the desk in between. Returns the results in order. */
async function changeOne(redis: Redis, trunk: string, changes: readonly Change[]): Promise<unknown[]> {
  const keys = [deskKey(trunk), deskChannel]
  for (;;) {
    const [stored, nowMs] = await Promise.all([redis.get(deskKey(trunk)), timeOf(redis)])
    const before = stored === null ? emptyDesk : (JSON.parse(stored) as TrunkDesk)
    let after = before
    const results = changes.map(({ change }) => {
      const [desk, result] = change(after, nowMs)
      after = desk
      return result
    })
    if (after === before) return results
    const isFreed = [before.lent, before.waiting].some((some, i) => {
      const still = new Set([after.lent, after.waiting][i]?.map(({ id }) => id))
      return some.some(({ id }) => !still.has(id))
    })
    const isStored = await redis.eval(
      exchange,
      keys.length,
      ...keys,
      stored ?? '',
      JSON.stringify(after),
      deskKeptS,
      isFreed ? '1' : '0',
      trunk,
    )
    if (isStored === 1) return results
  }
}

/** The clocks of machines differ, and the desk has one time. */
async function timeOf(redis: Redis): Promise<number> {
  const [seconds, micros] = await redis.time()
  return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000)
}
