import { extname } from 'node:path'

/** The file of one of several suites: `junit.xml` becomes `junit-1.xml`, `junit-2.xml` ... @param index  From 0. */
export function numbered(path: string, index: number): string {
  const extension = extname(path)
  return `${path.slice(0, path.length - extension.length)}-${index + 1}${extension}`
}
