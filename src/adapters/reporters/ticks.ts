/** The items of a source, and `'tick'` whenever it has had nothing for a while. */
export async function* withTicks<T>(source: AsyncIterable<T>, everyMs: number): AsyncGenerator<T | 'tick'> {
  const items = source[Symbol.asyncIterator]()
  try {
    let next = items.next()
    for (;;) {
      const item = await settledWithin(next, everyMs)
      if (item === 'tick') {
        yield 'tick'
        continue
      }
      if (item.done) return
      yield item.value
      next = items.next()
    }
  } finally {
    await items.return?.()
  }
}

async function settledWithin<T>(promise: Promise<T>, ms: number): Promise<T | 'tick'> {
  let timer: NodeJS.Timeout | undefined
  const tick = new Promise<'tick'>(resolve => {
    timer = setTimeout(resolve, ms, 'tick')
  })
  try {
    return await Promise.race([promise, tick])
  } finally {
    clearTimeout(timer)
  }
}
