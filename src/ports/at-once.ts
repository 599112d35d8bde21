/** For what has to return a promise, but is done already. Who knows it need not wait for it. */
export const atOnce = Promise.resolve()
