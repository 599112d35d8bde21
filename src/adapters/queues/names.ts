/** Names of everything Callsheet keeps in Redis. BullMQ keeps a queue's keys below `<prefix>:<queue>`. */
export const prefix = 'callsheet:queue'

/** Name of an agent's queue. It must not contain BullMQ's separator. */
export const queueName = (agent: string): string => agent.replaceAll('%', '%25').replaceAll(':', '%3A')

/** Agents that had jobs, each with the time of the last addition. */
export const agentsKey = 'callsheet:agents'

export const documentKey = (digest: string): string => `callsheet:document:${digest}`

/** Workers' events for an order: a stream of batches. */
export const eventsKey = (order: string): string => `callsheet:events:${order}`

/** Ids of an order's jobs that must be cut off on any worker. */
export const cutKey = (order: string): string => `callsheet:cut:${order}`

/** For a job whose lock is lost: the worker that continues it, or that it is over. */
export const noteKey = (job: string): string => `callsheet:note:${job}`

/** Announces an agent with new jobs to workers. */
export const newsChannel = 'callsheet:news'

/** Announces jobs to cut off to workers. */
export const cutChannel = 'callsheet:cut'

/** A recording that a worker sent: a list of pieces. */
export const recordingKey = (order: string, name: string): string => `callsheet:recording:${order}:${name}`

/** How long a recording waits for whoever ordered it: it is large. */
export const recordingKeptS = 24 * 3600

/** How long an order's data is kept if nobody comes back for it. */
export const keptS = 7 * 24 * 3600

/** Who uses the numbers and lines of a trunk, and who waits for them. */
export const deskKey = (trunk: string): string => `callsheet:trunk:${trunk}`

/** Announces that something of a trunk was given back. */
export const deskChannel = 'callsheet:trunk'

/** How long a desk is kept that nobody uses. */
export const deskKeptS = 3600
