import { basename, dirname } from 'node:path'
import type { Store } from '../../ports/store.js'
import { createFileStore } from './file.js'

/** Reads results wherever they are: in a folder of their own, or in the server's database (`<its folder>/<number>`). */
export function createStore(): Store {
  const files = createFileStore()
  return {
    ...files,
    async read(place) {
      if (!/^\d+$/.test(basename(place))) return files.read(place)
      const { readFromDatabase } = await import('./database/read-result.js')
      return (await readFromDatabase(dirname(place), Number(basename(place)))) ?? files.read(place)
    },
  }
}
