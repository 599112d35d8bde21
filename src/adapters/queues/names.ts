/** Everything of ours in Redis, by name. BullMQ keeps a queue's keys below `<prefix>:<queue>`. */
export const prefix = 'callsheet:queue'

/** Name of an agent's queue; BullMQ's own separator may not stand in it. */
export const queueName = (agent: string): string => agent.replaceAll('%', '%25').replaceAll(':', '%3A')

/** Agents that had jobs, each with the time they were last added. */
export const agentsKey = 'callsheet:agents'

export const documentKey = (digest: string): string => `callsheet:document:${digest}`

/** What workers tell of an order: a stream of batches. */
export const eventsKey = (order: string): string => `callsheet:events:${order}`

/** Ids of an order's jobs that are to be cut off, whoever has them. */
export const cutKey = (order: string): string => `callsheet:cut:${order}`

/** Of a job whose lock is lost: which worker goes on with it, or that it is over. */
export const heldKey = (job: string): string => `callsheet:held:${job}`

/** Tells workers the name of an agent that has new jobs. */
export const newsChannel = 'callsheet:news'

/** Tells workers the ids of jobs to cut off. */
export const cutChannel = 'callsheet:cut'

/** How long what belongs to an order is kept when nobody comes back for it. */
export const keptS = 7 * 24 * 3600
