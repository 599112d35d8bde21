/**
 * How the two sides share the floor.
 *
 * - `turns`: the agent only answers, and says when it is done (request and response).
 * - `messages`: either side may write at any time; nothing says that the agent is done.
 * - `speech`: either side may speak at any time, and speaking takes time.
 */
export type Floor = 'turns' | 'messages' | 'speech'
