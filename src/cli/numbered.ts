import { extname } from 'node:path'

/** The file of one of several suites: `junit.xml` becomes `junit-1.xml`, `junit-2.xml` ...; `report/` becomes `report-1/`. @param index  From 0. */
export function numbered(path: string, index: number): string {
  const [, name = path, slash = ''] = /^(.*?)([/\\]*)$/s.exec(path) ?? []
  if (slash !== '') return `${name}-${index + 1}${slash}`
  const extension = extname(path)
  return `${path.slice(0, path.length - extension.length)}-${index + 1}${extension}`
}
